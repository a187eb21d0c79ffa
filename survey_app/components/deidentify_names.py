"""What kinds of places, ways of finding them, levels and states of texts are called on the screen."""

from survey_app.language import _
from transcripts.identifying import How, Kind
from transcripts.pseudonyms import GENERAL, KEPT, PSEUDONYM


def kind_names() -> dict[str, str]:
    """What a place names."""
    return {
        Kind.PERSON: _("person"), Kind.ORGANISATION: _("organisation"), Kind.POSITION: _("position"),
        Kind.PLACE: _("place"), Kind.EMAIL: _("e-mail"), Kind.PHONE: _("telephone"), Kind.LINK: _("link"),
        Kind.HANDLE: _("account name"), Kind.DOCUMENT: _("document number"), Kind.DATE: _("date"),
        Kind.NUMBER: _("number"), Kind.OTHER: _("another detail"),
    }  # fmt: skip


def how_names() -> dict[str, str]:
    """How a place was found."""
    return {
        How.ROSTER: _("known by name"), How.PATTERN: _("written like one"), How.RECOGNISED: _("recognised"),
        How.LISTED: _("on a list of such words"), How.CAPITAL: _("written with a capital"),
        How.HAND: _("marked by hand"),
    }  # fmt: skip


def risk_names() -> dict[int, str]:
    """How likely a place tells who is meant."""
    return {1: _("names somebody"), 2: _("may well name somebody"), 3: _("may help to guess"), 4: _("hardly tells")}


def level_names() -> dict[str, str]:
    """What is done with a place."""
    return {PSEUDONYM: _("Pseudonym"), GENERAL: _("General"), KEPT: _("Keep as said")}


def state_names() -> dict[str, tuple[str, str, str]]:
    """How far the review of a text is: words, colour, icon."""
    return {
        "unseen": (_("not looked through"), "red", ":material/visibility_off:"),
        "corrected": (_("corrected since"), "red", ":material/edit:"),
        "new_names": (_("new names in the roster"), "red", ":material/person_alert:"),
        "open": (_("being decided"), "orange", ":material/pending:"),
        "finished": (_("finished"), "blue", ":material/check:"),
        "signed": (_("signed"), "green", ":material/verified:"),
    }
