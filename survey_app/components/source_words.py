"""What a source is, in words: its kind, and the shape of the file it came in."""

from survey_app.language import _

CONTAINERS = ("csv", "docx", "html", "odt", "pdf", "rtf", "xlsx")


def kind_names() -> dict[str, str]:
    """Kinds of sources in the language of the screen."""
    return {
        "session": _("session"), "chat": _("chat"), "answer": _("answers"), "document": _("document"),
        "participants": _("who was there"),
    }  # fmt: skip


def shape_name(shape: str) -> str:
    """A file's shape as a person would call it; a shape without a name of its own keeps its key."""
    names = {
        "zoom_cloud_vtt": _("Zoom audio transcript"), "zoom_chat_cloud_txt": _("Zoom chat, cloud recording"),
        "zoom_chat_v1_txt": _("Zoom chat, saved"), "zoom_chat_v2_txt": _("Zoom chat, saved"),
        "zoom_chat_v3_txt": _("Zoom chat, saved"), "speaker_colon_txt": _("text, “Speaker: words”"),
        "speaker_heading_md": _("Markdown, a heading a speaker"), "voice_vtt": _("captions with speakers"),
        "plain_vtt_no_speaker": _("captions without speakers"), "questionnaire": _("questionnaire"),
        "zoom_chat_window_txt": _("Zoom chat, copied"), "zoom_cc_vtt": _("captions without speakers"),
        "zoom_saved_caption_txt": _("Zoom captions, saved"), "zoom_closed_caption_txt": _("captions without speakers"),
        "zoom_timeline_json": _("Zoom timeline"), "noscribe_vtt": _("noScribe transcript"),
        "teams_vtt": _("Teams transcript"), "teams_docx": _("Teams transcript"),
        "google_meet_txt": _("Google Meet transcript"), "otter_txt": _("names with times above the words"),
        "speaker_colon_time_txt": _("names with times above the words"), "whisper_json": _("Whisper transcript"),
        "time_speaker_txt": _("times and names before the words"), "f4_txt": _("f4 or MAXQDA transcript"),
        "ru_time_speaker_md": _("times and names before the words"), "otranscribe_otr": _("oTranscribe transcript"),
        "tab_time_speaker_txt": _("times and names before the words"), "elan_eaf": _("ELAN annotation"),
        "bold_speaker_md": _("Markdown, bold names"), "bracket_speaker_txt": _("names in brackets"),
        "initials_table_md": _("minutes with a table of initials"), "dash_lines_txt": _("text, “Speaker: words”"),
        "sbv": _("captions without speakers"), "srt": _("captions with speakers"),
        "srt_no_speaker": _("captions without speakers"), "named_vtt": _("captions with speakers"),
        "whisper_tsv": _("captions without speakers"), "zoom_participants_csv": _("list of those present"),
        "timed_lines_txt": _("captions without speakers"),
        "document": _("document"),
    }  # fmt: skip
    if shape.endswith("_no_speaker") and shape.removesuffix("_no_speaker") in CONTAINERS:
        return f"{_families()['no_speaker']} (.{shape.removesuffix('_no_speaker')})"
    if shape in names:
        return names[shape]
    base, _sign, container = shape.rpartition("_")
    if container in CONTAINERS:
        return f"{_families().get(base, _('text, “Speaker: words”'))} (.{container})"
    return shape


def _families() -> dict[str, str]:
    """Shapes of text that are met inside other containers too."""
    return {
        "turns": _("table of turns"), "ru_interview_protocol": _("protocol of an interview"),
        "no_speaker": _("text without speakers"), "otter": _("names with times above the words"),
        "google_meet": _("Google Meet transcript"), "initials_table": _("minutes with a table of initials"),
    }  # fmt: skip
