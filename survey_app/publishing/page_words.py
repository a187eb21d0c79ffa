"""The words of the public page itself, in the language in force."""

from survey_app.language import _
from survey_app.publishing.sureness import words_of_sureness


def page_words() -> dict[str, str]:
    """Every word of the page that does not come from the study, by its name in the templates."""
    return {
        "all_codes": _("all codes"),
        "also_here": _("Also of this code:"),
        "answers": _("Answers"),
        "ask": _("What the experts said"),
        "by_segment": _("By segment"),
        "choose_code": _("A code"),
        "choose_question": _("Question"),
        "choose_segment": _("Whose voices"),
        "choose_segmentation": _("Segments"),
        "choose_topic": _("Topic"),
        "cite": _("How to cite"),
        "cite_quote": _("To cite a single quote, add its number; the number keeps its place in every later version."),
        "close": _("Close"),
        "codebook": _("Codebook"),
        "compare_with": _("Compare with"),
        "expert_study": _("Expert study"),
        "figure_png": _("Figure, PNG"),
        "figure_svg": _("Figure, SVG"),
        "findings": _("Findings"),
        "findings_lead": _("What the authors conclude, with the released quotes for it and against it."),
        "fingerprint": _("Fingerprint"),
        "fingerprint_note": _(
            "SHA-256 of the file release.json beside this page, which holds all of these numbers for machines. A "
            "version never changes; a newer one stands beside it."
        ),
        "data_hash": _("Data"),
        "data_hash_note": _("SHA-256 of the study's tables from which this version was made."),
        "how_sure": _("How sure is this?"),
        "in_brief": _("In brief"),
        "in_chat": _("in the chat"),
        "in_writing": _("written answer"),
        "own_words": _("worded by the expert"),
        "language": _("Language"),
        "limits": _("What this cannot say"),
        "made_with": _("Made with Rakurs {software}"),
        "method": _("How this was made"),
        "no_other": _("no other segment"),
        "note_page": _("The whole note on methods as a page"),
        "note_word": _("The whole note on methods as a Word file"),
        "number_in_table": _("The numbers as a table"),
        "of": _("of {whole}"),
        "others": _("an expert of this study"),
        "quotes": _("In the experts' words"),
        "quotes_lead": _("Released one by one, with the consent of those who said them."),
        "search": _("Search the quotes"),
        "sections": _("Sections"),
        "skip": _("To the content"),
        "table_csv": _("Table, CSV"),
        "topics": _("Topics"),
        "version": _("Version {version}"),
        "version_number": _("Version {version} of the codebook."),
        "who_said": _("Who said this?"),
        "words_behind": _("The words behind it"),
    }


def script_words() -> dict[str, str]:
    """The words that the page's script fills in; braces are filled there."""
    return {
        "apart": _("Furthest apart: “{code}” ({first} and {second})."),
        "apart_none": _("Nothing can be compared: the numbers of one side are hidden."),
        "alike": _("The two do not differ in any number that is shown."),
        "code": _("Codes"),
        "found": _("{count} of {whole} quotes"),
        "hidden": _("hidden"),
        "hidden_note": _("This number is not published. Hidden does not mean zero."),
        "hits_none": _("No quote has these words."),
        "k_of_n": _("{k} of {n}"),
        "nobody": _("Nobody of this segment said it."),
        "compared": _("{first} compared with {second}"),
        "none": _("No quote was released for this mark. The number counts what was said; the words stay inside."),
        "of_experts": _("{k} of {n} experts"),
        "statements": _("statements: {count}"),
        "who": _("{segment}: one expert of {n}."),
        "who_code": _("“{code}” is named there by {count}."),
        "who_no_more": _("No more is told of who it was."),
        **{f"sure_{name}": words for name, words in words_of_sureness().items()},
    }
