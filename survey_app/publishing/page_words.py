"""The words of the public page itself, in the language in force."""

from survey_app.language import _


def page_words() -> dict[str, str]:
    """Every word of the page that does not come from the study, by its name in the templates."""
    return {
        "answers": _("Answers"),
        "by_segment": _("By segment"),
        "chart_fails": _("The chart cannot be drawn here; the table has the same numbers."),
        "choose_codes": _("Codes"),
        "choose_topic": _("Topic"),
        "choose_segment": _("Whose voices"),
        "cite": _("How to cite"),
        "cite_quote": _("To cite a single quote, add its number; the number keeps its place in every later version."),
        "close": _("Close"),
        "expert_study": _("Expert study"),
        "fingerprint": _("Fingerprint"),
        "fingerprint_note": _(
            "SHA-256 of the file release.json beside this page, which holds all of these numbers for machines. A "
            "version never changes; a newer one stands beside it."
        ),
        "groups": _("Who speaks of what"),
        "in_brief": _("In brief"),
        "in_chat": _("in the chat"),
        "in_writing": _("written answer"),
        "language": _("Language"),
        "link": _("Link to this quote"),
        "made_with": _("Made with Rakurs {software}"),
        "method": _("How this was made"),
        "no_quote": _("No quote was released for this mark. The number counts what was said; the words stay inside."),
        "no_quote_of_segment": _("No quote of this segment was released."),
        "number_in_table": _("The numbers as a table"),
        "of": _("of {whole}"),
        "others": _("outside these segments"),
        "problems": _("What hinders and helps"),
        "quotes": _("In the experts' words"),
        "quotes_lead": _("Released one by one, with the consent of those who said them."),
        "sections": _("Sections"),
        "skip": _("To the content"),
        "topics": _("Topics"),
        "version": _("Version {version}"),
        "words_behind": _("The words behind it"),
    }
