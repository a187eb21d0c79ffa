"""What texts, coders and assignments are called on the screen; plain text, for tables and choices."""

from survey_app.actions.assigning import BLIND, OPEN, WORK
from survey_app.actions.opening import Assigned
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.store.sight import TRAINING


def mode_names() -> dict[str, str]:
    """How a text is coded."""
    return {BLIND: _("blind"), OPEN: _("open")}


def purpose_names() -> dict[str, str]:
    """What for."""
    return {WORK: _("work"), TRAINING: _("training")}


def text_name(row: Row) -> str:
    """Key and title of a text."""
    return f"{row['key']} · {row['title']}" if row["title"] else str(row["key"])


def coder_name(row: Row) -> str:
    """Key and name of a coder."""
    return f"{row['key']} · {row['name']}" if row["name"] else str(row["key"])


def kind_of(each: Assigned) -> str:
    """How, what for and which part: "blind, training, sample Pilot"."""
    parts = [mode_names()[each.row["mode"]]] if each.row["purpose"] == WORK else [_("training")]
    if each.sample:
        parts.append(_("sample “{name}”", name=each.sample))
    return ", ".join(parts)


def cell_of(each: Assigned) -> str:
    """A cell of the matrix: how far, how, and whether it is handed in."""
    done = "✓ " if each.handed_in else ""
    return f"{done}{each.looked}/{each.total} · {kind_of(each)}"
