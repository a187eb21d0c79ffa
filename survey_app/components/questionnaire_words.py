"""What a column of a questionnaire is and what becomes of its answers, in the words of the screen."""

from __future__ import annotations

from survey_app.actions.questionnaire import Present
from survey_app.components.questionnaire_draft import ANSWERS, DEFINITION, GUIDE, PERSON, PLATFORM, PROFILE
from survey_app.language import _, current, label, ngettext
from survey_app.questionnaires.column import BESIDE, LEAVE_OUT, Column
from survey_app.questionnaires.previewing import CANNOT_SAY, LEFT, UNFIT, WORDS, Written
from survey_app.questionnaires.scales import Point
from survey_app.questionnaires.survey import line_ids

LONGEST_TITLE = 160


def kind_names() -> dict[str, str]:
    """Types of columns in the language of the screen."""
    return {
        "likert": _("scale"), "single": _("one choice"), "multi": _("several choices"), "numeric": _("number"),
        "rank": _("ranking"), "date": _("date"), "open": _("open answer"), BESIDE: _("words beside"),
        LEAVE_OUT: _("leave out"),
    }  # fmt: skip


def source_name(source: str, platform: str) -> str:
    """Where what is said of a column comes from."""
    return {
        DEFINITION: _("the definition"), PROFILE: _("the kept mapping"), GUIDE: _("the interview guide"),
        PLATFORM: platform, ANSWERS: _("the answers"), PERSON: _("you"),
    }[source]  # fmt: skip


def title_of(column: Column) -> str:
    """The question in the language of the screen, on one line; of a grid the line, its question in brackets."""
    question, line = " ".join(_one(column.parent_label).split()), " ".join(_one(column.label).split())
    return f"{line} ({question})" if question and line else line or question or column.name


def question_of(column: Column, lines: int) -> str:
    """The question alone, without its lines."""
    if lines < 2:
        return title_of(column)[:LONGEST_TITLE]
    return " ".join(_one(column.parent_label if column.parent_id else column.label).split())[:LONGEST_TITLE]


def line_of(column: Column) -> str:
    """The line of a grid alone; of a ranking by place, the place."""
    if column.place:
        return _("place {place}", place=column.place)
    return " ".join(_one(column.label).split())[:LONGEST_TITLE] or column.name


def title_of_questionnaire(present: Present) -> str:
    """Its title in the language of the screen, or the file that it came from."""
    return label({"label_en": present.title_en, "label_ru": present.title_ru}) or present.file_name or present.key


def becomes_in_short(column: Column) -> str:
    """What a column is stored as, in a few words."""
    if not column.kept:
        return why_left(column)
    if column.continues:
        return _("goes on with “{question}”", question=" ".join(column.continues.split())[:LONGEST_TITLE])
    words = [point_words(point) for point in column.points]
    if column.kind == "likert" and words:
        return f"{column.points[0]['value']:g} {words[0]} … {column.points[-1]['value']:g} {words[-1]}"
    if column.kind in {"single", "multi"} or (column.kind == "rank" and words):
        return ngettext("{count} option", "{count} options", len(words)) + ": " + ", ".join(words)
    if column.kind == "numeric" and column.lowest is not None and column.highest is not None:
        return _("a number from {low} to {high}", low=f"{column.lowest:g}", high=f"{column.highest:g}")
    return {
        "rank": _("a place: 1, 2, 3, …"), "numeric": _("a number"), "date": _("a day"),
        "open": _("statements, one an answer"), BESIDE: _("words with the answer they explain"),
    }.get(column.kind, "")  # fmt: skip


def why_left(column: Column) -> str:
    """Why a column is left out."""
    return {
        "time": _("when it was filled in"), "consent": _("consent"), "personal": _("personal data"),
        "group": _("the roster says the group"), "empty": _("nobody answered"), "respondent": _("names the expert"),
        "system": _("technical"),
    }.get(column.why, "")  # fmt: skip


def becomes(column: Column, written: Written) -> str:
    """What an answer is stored as, in words."""
    if written.outcome in {LEFT, UNFIT, CANNOT_SAY}:
        return {LEFT: _("left out"), UNFIT: "⚠ " + _("does not fit"), CANNOT_SAY: _("cannot say")}[written.outcome]
    if written.outcome == WORDS:
        return written.text
    names = dict(zip(line_ids(column), (point_words(point) for point in column.points), strict=False))
    if column.kind == "multi" and column.points:
        return "; ".join(
            names[one.item_id] + (f": {one.text}" if one.text else "") for one in written.said if one.value
        )
    if column.kind == "rank" and column.points:
        return "; ".join(f"{one.value:g} {names[one.item_id]}" for one in written.said)
    (one,) = written.said
    if one.value is None:
        return one.text
    if column.kind == "multi":
        return _("ticked") if one.value else _("not ticked")
    words = next((point_words(point) for point in column.points if point["value"] == one.value), "")
    return words if column.kind == "single" else f"{one.value:g} {words}".strip()


def point_words(point: Point) -> str:
    """A point or an option in the language of the screen."""
    return str(point["ru"] or point["en"]) if current() == "ru" else str(point["en"] or point["ru"])


def _one(words: tuple[str, str]) -> str:
    return label({"label_en": words[0], "label_ru": words[1]})
