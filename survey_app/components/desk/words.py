"""Every word that the coding desk shows, in the language of the screen; the browser fills {k}, {n} and {code}."""

from typing import Any

from survey_app.language import _, ngettext


def words(language: str, statements: int) -> dict[str, Any]:
    """The words for a text with that many statements to code."""
    return {
        "language": language,
        "tools": _("Coding tools"),
        "code": _("Code…"),
        "nextUncoded": _("Next uncoded"),
        "readToHere": _("Read to here"),
        "readToHereLong": _("Mark every statement down to here as looked at"),
        "readMarked": _("Marked as looked at: {n}."),
        "takeBack": _("Take back"),
        "undo": _("Undo"),
        "redo": _("Do again"),
        "keys": _("Keys"),
        "close": _("Close"),
        "remove": _("Remove"),
        "progressName": _("Statements looked at"),
        "progress": ngettext(
            "Looked at {k} of {count} statement", "Looked at {k} of {count} statements", statements, k="{k}"
        ),
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "unsaved": _("Not saved yet: {n}. Waiting for the server; this tab keeps it."),
        "pick": _("Choose a code"),
        "find": _("Find a code by its name or number"),
        "codes": _("Codes"),
        "none": _("No code has this name."),
        "used": _("on this passage already"),
        "pickHint": _("Enter: apply · Shift+Enter: apply and stay · Esc: close"),
        "nothingChosen": _("Select words or go to a statement first, then choose a code."),
        "already": _("This passage has the code {code} already."),
        "chooseCoding": _("Several codes are on this statement: choose one with ← →, then press Delete."),
        "noneUncoded": _("No statement without a code in this direction."),
        "coded": _("{code}: applied"),
        "removed": _("{code}: removed"),
        "help": [
            [_("↓ ↑ or j k"), _("next or previous statement")],
            [_("n, Shift+n or Ctrl+↓ ↑"), _("next or previous statement without a code")],
            [_("Shift+arrows"), _("select words within the statement; with Ctrl word by word")],
            [_("Enter or letters"), _("find a code")],
            [_("← →, Delete"), _("choose a coding of the statement, remove it")],
            [_("Ctrl+Z, Ctrl+Shift+Z"), _("undo, do again")],
            [_("m"), _("mark every statement down to here as looked at")],
            [_("Home, End"), _("first or last statement")],
            [_("Esc"), _("let go of the selection")],
            [_("?"), _("show or hide these keys")],
        ],
    }
