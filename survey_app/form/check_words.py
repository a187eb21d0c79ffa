"""The words of the pages on which experts check their own quotes, in the language in force."""

from survey_app.actions.own_check import LONGEST_WORDING, OwnCheck
from survey_app.language import _, label, ngettext


def check_words() -> dict[str, str]:
    """Every word of these pages that is the same for everybody, by its name in the templates."""
    return {
        "agree_all": _("Release all as they are"),
        "answer": _("Your answer"),
        "change": _("Change my answers"),
        "closed": _("This link leads nowhere"),
        "closed_note": _("It may have been copied incompletely, or its time may be over. Ask whoever sent it to you."),
        "code": _("Themes"),
        "none": _("Nothing of what you said is proposed for publication now. There is nothing for you to do."),
        "not_answered": _("not answered"),
        "opened_note": _(
            "Nothing is noted of you until you send your answers or choose a language here; you can change your "
            "answers by the same link."
        ),
        "problem": _("Something needs a look"),
        "release": _("Release as it is"),
        "released": _("released as it is"),
        "reword": _("Release in other words"),
        "reworded": _("to be released in your words, once the researchers have accepted them"),
        "reworded_accepted": _("released in your words"),
        "reworded_refused": _("not released: the researchers have not accepted your words"),
        "reword_hint": _(
            "Write what readers are to read instead, without names of people. The researchers look at it; readers are "
            "told that you worded it."
        ),
        "reword_words": _("Your wording"),
        "reword_missing": _("Write the other words, or choose another answer."),
        "reword_long": _("That is too long: at most {count} characters.", count=LONGEST_WORDING),
        "send": _("Send my answers"),
        "thanks": _("Thank you"),
        "thanks_note": _("Your answers have arrived."),
        "told": _("What readers are told"),
        "untold": _("What readers are not told"),
        "untold_text": _(
            "Your name, in which session you said it and when, and which of the quotes are by the same person."
        ),
        "until_before": _("You can answer, and change your answers, until"),
        "withdraw": _("Do not publish"),
        "withdraw_all": _("Withdraw all of them"),
        "withdraw_all_note": _(
            "None of these words will be quoted. What you said stays with the researchers and is counted, unless you "
            "ask them to take you out of the study altogether."
        ),
        "withdrawn": _("not to be published"),
    }


def intro(check: OwnCheck) -> str:
    """How many quotes it is about."""
    return ngettext(
        "The researchers want to publish {count} quote of what you said. Say whether it may go out.",
        "The researchers want to publish {count} quotes of what you said. Say of each whether it may go out.",
        len(check.quotes),
    )


def title(check: OwnCheck) -> str:
    """What the page is called, before readers have seen anything and after."""
    return _("Your words") if check.read else _("Your words, before anybody reads them")


def silence(check: OwnCheck) -> str:
    """What becomes of quotes that are left unanswered."""
    if check.word_needed:
        return _("What you leave unanswered is not published.")
    return _("What you leave unanswered may be published as it stands here.")


def told(check: OwnCheck) -> str:
    """What stands beside the words on the public page."""
    if check.segment is None:
        return _("The words as they stand here, and their themes.")
    return _(
        "The words as they stand here, their themes, and that somebody of “{segment}” said them.",
        segment=label(check.segment),
    )


def published(at: str) -> str:
    """What an answer still does once the study is published."""
    return _(
        "The study was published on {date}. You can still withdraw a quote or put it in other words: the researchers "
        "are told, and publish anew without what you withdraw. Copies that readers have made stay with them.",
        date=at,
    )  # fmt: skip


def answered(done: int, of: int) -> str:
    """How many have an answer."""
    return ngettext("{done} of {count} quote answered", "{done} of {count} quotes answered", of, done=done)
