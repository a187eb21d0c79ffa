"""What a source is, in words: its kind, and the shape of the file it came in."""

from survey_app.language import _


def kind_names() -> dict[str, str]:
    """Kinds of sources in the language of the screen."""
    return {"session": _("session"), "chat": _("chat"), "answer": _("answers"), "document": _("document")}


def shape_name(shape: str) -> str:
    """A file's shape as a person would call it; a shape without a name of its own keeps its key."""
    names = {
        "zoom_cloud_vtt": _("Zoom audio transcript"), "zoom_chat_cloud_txt": _("Zoom chat, cloud recording"),
        "zoom_chat_v1_txt": _("Zoom chat, saved"), "zoom_chat_v2_txt": _("Zoom chat, saved"),
        "zoom_chat_v3_txt": _("Zoom chat, saved"), "speaker_colon_txt": _("text, “Speaker: words”"),
        "speaker_heading_md": _("Markdown, a heading a speaker"), "voice_vtt": _("captions with speakers"),
        "plain_vtt_no_speaker": _("captions without speakers"), "questionnaire": _("questionnaire"),
    }  # fmt: skip
    return names.get(shape, shape)
