"""Which item of the study's guide a column asks: the same wording, in either language or in both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from coding.guide import Guide
from survey_app.questionnaires.export import Head
from survey_app.questionnaires.headings import plain_heading, unmarked
from survey_app.questionnaires.wording import forms

_GRID = re.compile(r"^(?P<question>.*\S)\s*\[(?P<line>[^\[\]]+)\]\s*$", re.DOTALL)
_ASIDE = re.compile(r"\s*\([^()]*\)[\s.:*]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """An item of the guide and the question it is a line of; `item` is None for a line that the guide lacks."""

    item: dict[str, Any] | None
    parent: dict[str, Any] | None = None


class GuideItems:
    """The guide's items by wording and by key."""

    def __init__(self, guide: Guide | None) -> None:
        rows: list[dict[str, Any]] = guide.items.to_dict("records") if guide is not None else []  # type: ignore[assignment]
        self._by_id = {str(row["item_id"]): row for row in rows}
        self._questions: dict[str, dict[str, Any]] = {}
        self._lines: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            if row["parent_id"]:
                self._lines.setdefault(str(row["parent_id"]), []).append(row)
            else:
                for key in forms(row["label_en"]) | forms(row["label_ru"]):
                    self._questions.setdefault(key, row)

    @property
    def scales(self) -> tuple[tuple[dict[str, Any], ...], ...]:
        """Every scale of points that the guide uses, once each."""
        found = {str(row["scale"]): tuple(row["scale"]) for row in self._by_id.values() if row["type"] == "likert"}
        return tuple(found.values())

    def lines(self, item_id: str) -> list[dict[str, Any]]:
        """The lines of a matrix, a ranking or a multiple choice."""
        return self._lines.get(item_id, [])

    def find(self, header: str, head: Head) -> Found | None:
        """The item whose key or wording a column has, or None."""
        item = self._by_id.get(header.strip())
        if item is not None:
            return Found(item, self._by_id.get(str(item["parent_id"])))
        question, line = (head.asked, head.line_asked) if head.line else split_header(head.asked)
        parent = self._question(plain_heading(question))
        if parent is None or not line:
            return Found(parent) if parent is not None else None
        known = next(
            (row for row in self.lines(parent["item_id"]) if forms(plain_heading(line)) & _wordings(row)), None
        )
        return Found(known, parent)

    def _question(self, text: str) -> dict[str, Any] | None:
        """By the whole text, by its first line, and without what stands in brackets at the end."""
        first = text.split("\n")[0]
        for candidate in (text, first, _ASIDE.sub("", text), _ASIDE.sub("", first)):
            for key in forms(candidate):
                if key in self._questions:
                    return self._questions[key]
        return None


def split_header(header: str) -> tuple[str, str]:
    """Question and line of a grid's column, «Question [line]», without mark-up; the line is "" in any other header."""
    header = unmarked(header)
    found = _GRID.match(header)
    return (found["question"], found["line"].strip()) if found else (header, "")


def _wordings(row: dict[str, Any]) -> frozenset[str]:
    return forms(str(row["label_en"])) | forms(str(row["label_ru"]))
