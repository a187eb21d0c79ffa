"""Conditions of LimeSurvey in our rules, and the names that its conditions, tables and exports have for a column."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.questionnaires.borrowed_rules import borrowed, compared
from survey_app.questionnaires.lime_items import LISTS, MATRICES, keys_of, ranked
from survey_app.questionnaires.lime_structure import Asked, Structure

_SUFFIXES = {"NAOK", "code", "value", "valueNAOK"}
_ALWAYS = {"", "1", "true"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answers: of which question, which line of it, and what more («other», «comment», a scale)."""

    asked: Asked
    key: str
    line: str = ""

    @property
    def heading(self) -> str:
        """As it stands over an export: `Q1[SQ001]`, with a second bracket for a dual scale."""
        line, _hash, scale = self.line.partition("#")
        return f"{self.key}[{line}]{f'[{int(scale) + 1}]' if scale else ''}" if self.line else self.key


def columns_of(structure: Structure) -> dict[str, Column]:
    """Every column by the names of its field: `432535X1X2SQ001`, and `Q2_S3` as of version 7."""
    keys = keys_of(structure.questions)
    found = {}
    for asked in structure.questions:
        for line, earlier, later in _fields(asked):
            column = Column(asked, keys[asked.qid], line)
            found[f"{structure.sid}X{asked.gid}X{asked.qid}{earlier}"] = column
            found[f"Q{asked.qid}{later}"] = column
    return found


def relevance(text: str, columns: dict[str, Column]) -> str | None:
    """A condition in our rules, "" for one that always holds, None for what they cannot say."""
    if text.strip() in _ALWAYS:
        return ""
    names = columns | {f"{column.key}_{column.line}" if column.line else column.key: column
                       for column in columns.values()}  # fmt: skip

    def atom(name: str, operator: str, literal: str) -> str | None:
        name, _dot, suffix = name.partition(".")
        column = names.get(name)
        if column is None or (suffix and suffix not in _SUFFIXES) or "#" in column.line:
            return None
        return _ticked(column, operator, literal) if column.asked.letter in {"M", "P"} else _answered(
            column, operator, literal
        )  # fmt: skip

    return borrowed(text, atom)


def _ticked(column: Column, operator: str, literal: str) -> str | None:
    """Whether an option was ticked: its column holds Y or nothing."""
    if not column.line or column.line.endswith("comment") or operator not in {"=", "!="} or literal not in {"Y", ""}:
        return None
    chosen = f"selected(${{{column.key}}}, '{column.line}')"
    return chosen if (operator == "=") == (literal == "Y") else f"not({chosen})"


def _answered(column: Column, operator: str, literal: str) -> str | None:
    if column.line in {"other", "comment", "filecount"} or column.asked.letter in "R|X*":
        return None
    return compared(f"{column.key}.{column.line}" if column.line else column.key, operator, literal)


def _fields(asked: Asked) -> list[tuple[str, str, str]]:
    """Lines of the columns of a question, each with the end of its field's name before and as of version 7."""
    own = ("", "", "")
    lines = [(line.code, line.code, f"_S{line.qid}") for line in asked.lines if line.scale == 0]
    other = [_more("other")] if asked.other else []
    if asked.letter in LISTS:
        return [own, *([_more("comment")] if asked.letter == "O" else []), *other]
    if asked.letter == "M":
        return [*lines, *other]
    if asked.letter == "P":
        comments = [(f"{code}comment", f"{code}comment", f"{later}_Ccomment") for code, _code, later in lines]
        return [*lines, *comments, *other, *([_more("othercomment")] if asked.other else [])]
    if asked.letter == "R":
        order = sorted((row.aid for row in asked.answers), key=lambda aid: (len(aid), aid))
        places = [str(place) for place in range(1, len(ranked(asked)) + 1)]
        return [(place, place, f"_R{order[int(place) - 1] if order else place}") for place in places]
    if asked.letter in {":", ";"}:
        over = [line for line in asked.lines if line.scale == 1]
        return [(f"{down}_{line.code}", f"{down}_{line.code}", f"{later}_S{line.qid}")
                for down, _down, later in lines for line in over]  # fmt: skip
    if asked.letter == "1":
        return [(f"{code}#{scale}", f"{code}#{scale}", f"{later}#{scale}") for code, _code, later in lines
                for scale in (0, 1)]  # fmt: skip
    if asked.letter in {*MATRICES, "K", "Q"}:
        return lines
    return [own, ("filecount", "_filecount", "_Cfilecount")] if asked.letter == "|" else [own]


def _more(what: str) -> tuple[str, str, str]:
    return what, what, f"_C{what}"
