"""What the templates need for one language of a page, out of the content of a release; in the language in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from coding.segments import ALL
from survey_app.language import LANGUAGES, _, language_name, ngettext
from survey_app.publishing import page_figures as figures
from survey_app.publishing.chapters import PROBLEMS
from survey_app.publishing.figures.drawing import hidden_word
from survey_app.publishing.figures.mirrored import unnamed
from survey_app.publishing.methods import citation, date_in_words
from survey_app.publishing.page_words import page_words
from survey_app.publishing.quotes import quotes_per_cell
from survey_app.publishing.snapshot import Snapshot
from survey_app.publishing.sureness import how_sure
from survey_app.views.style import k_of_n


def edition(snapshot: Snapshot, language: str) -> dict[str, Any]:
    """One language of the page, computed in that language."""
    content, told = snapshot.content, snapshot.content[language]
    cells = figures.cells_of(content)
    return {
        "language": language,
        "others": {each: language_name(each) for each in LANGUAGES},
        "words": page_words(),
        "told": told,
        "code_names": {code["id"]: code["name"] for code in told["codes"]},
        "behind": {cell: ngettext("{count} quote", "{count} quotes", count)
                   for cell, count in quotes_per_cell(content["quotes"]).items()},
        "evidence": [_evidence(finding) for finding in told["findings"]],
        "questions": [_question(told, cells, question) for question in told["questions"]],
        "topics": _topics(told),
        "answers": [
            question | {"figure": figures.of_answers(question)}
            for question in (told["questionnaire"] or {}).get("questions", ())
        ],
        "shelves": _shelves(told["codes"], content["quotes"]),
        "whose": _whose(told, content["quotes"]),
        "question_options": [(each["key"], each["name"]) for each in told["questions"]],
        "topic_options": [
            (each["key"], each["name"]) for each in ((told["topics"] or {}).get("words") or {}).get("panels", ())
        ],
        "by_options": [(each["key"], each["name"]) for each in told["segmentations"]],
        "segment_options": {
            each["key"]: [(segment["key"], segment["name"], segment["n"]) for segment in each["segments"]]
            for each in told["segmentations"]
        },
        "date": date_in_words(content["created"]),
        "citations": told["citations"] or [{"name": _("Citation"), "text": citation(told, content, snapshot.hash)}],
        "hash": snapshot.hash,
        "data_hash": content["data_hash"],
        "codebook_version": content["codebook_version"],
        "version": snapshot.version,
        "software": content["software"],
    }  # fmt: skip


def _evidence(finding: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    """For each stance that has quotes: its key, how many there are in words, and their numbers."""
    numbers = {stance: list(finding[stance]) for stance in ("for", "against")}
    words = {
        "for": ngettext("{count} quote for it", "{count} quotes for it", len(numbers["for"])),
        "against": ngettext("{count} quote against it", "{count} quotes against it", len(numbers["against"])),
    }
    return [(stance, words[stance], found) for stance, found in numbers.items() if found]


def _question(told: Mapping[str, Any], cells: figures.Cells, question: Mapping[str, Any]) -> dict[str, Any]:
    """A question with a panel for all experts and for each segment, and a comparison by each segmentation."""
    panels = []
    for number, segmentation in enumerate(told["segmentations"]):
        for segment in segmentation["segments"]:
            if segment["key"] == ALL and number:
                continue  # all experts are the same in each
            panels.append(_panel(told, cells, question, segmentation["key"], segment))
    return {
        "key": question["key"], "name": question["name"], "panels": panels,
        "compared": [
            {"segmentation": each["key"], "name": each["name"], "finding": question["compared"][each["key"]],
             "figure": figures.by_segments(told, cells, question, each, f"{question['name']} {each['name']}"),
             "table": _wide_table(told, cells, question["codes"], each)}
            for each in told["segmentations"]
        ],
    }  # fmt: skip


def _panel(
    told: Mapping[str, Any], cells: figures.Cells, question: Mapping[str, Any], segmentation: str,
    segment: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    key = segment["key"]
    counts = figures.counts_of(told, cells, question["codes"], segmentation, key)
    finding = question["told"][segmentation][key]
    leaders = sorted((count for count in counts if count.k), key=lambda count: -(count.k or 0))[:1]
    return {
        "segmentation": "" if key == ALL else segmentation, "home": segmentation, "segment": key,
        "name": segment["name"], "finding": finding,
        "figure": figures.of_segment(question, counts, key, f"{question['name']} {segment['name']}", finding),
        "note": unnamed(counts) if question["key"] == PROBLEMS else "",
        "sure": [
            _("“{name}”", name=count.name) + ": " + how_sure(count.k or 0, count.n) for count in leaders
        ],
        "table": _table(cells, question, counts, segmentation, key),
    }  # fmt: skip


def _table(
    cells: figures.Cells, question: Mapping[str, Any], counts: Sequence[figures.Count], segmentation: str, segment: str
) -> dict[str, Any]:
    """Every code of one segment, the most named first; a cell is its words and, where it leads to quotes, its place."""
    kinds = {"negative": _("problem"), "positive": _("enabler")}
    sided = question["key"] == PROBLEMS
    rows = sorted(counts, key=lambda each: (sided and each.polarity != "negative", each.k is None, -(each.k or 0)))
    return {
        "columns": [_("Codes"), *([_("Kind")] if sided else []), _("Experts"), _("Statements")],
        "rows": [
            {"code": each.key, "name": each.name,
             "cells": [
                 *([(kinds[each.polarity], None)] if sided else []),
                 (each.words, (segmentation, segment, each.key) if each.k else None),
                 (_statements(figures.cell_at(cells, segmentation, segment, each.key)), None),
             ]}
            for each in rows
        ],
    }  # fmt: skip


def _wide_table(
    told: Mapping[str, Any], cells: figures.Cells, codes: Sequence[str], segmentation: Mapping[str, Any]
) -> dict[str, Any]:
    names = {code["id"]: code["name"] for code in told["codes"]}
    columns = figures.columns_of(segmentation)
    key = segmentation["key"]
    long = {segment["key"]: segment["name"] for segment in segmentation["segments"]}
    return {
        "columns": [_("Codes"), *(long[column.key] for column in columns)],
        "rows": [
            {"code": code, "name": names[code],
             "cells": [
                 (hidden_word() if cell["k"] is None else k_of_n(cell["k"], cell["n"]),
                  (key, column.key, code) if cell["k"] else None)
                 for column in columns
                 for cell in [figures.cell_at(cells, key, column.key, code)]
             ]}
            for code in figures.ranked(cells, codes, key)
        ],
    }  # fmt: skip


def _statements(cell: Mapping[str, Any]) -> str:
    return hidden_word() if cell["statements"] is None else str(cell["statements"])


def _topics(told: Mapping[str, Any]) -> dict[str, Any] | None:
    if told["topics"] is None:
        return None
    known = {each["key"]: each for each in told["segmentations"]}
    words = told["topics"]["words"]
    return {
        "by": [
            each | {"figure": figures.of_topics(told["topics"], each, known[each["segmentation"]])}
            for each in told["topics"]["by"]
        ],
        "panels": [panel | {"figure": figures.of_words(panel, words["title"])} for panel in words["panels"]]
        if words else [],
    }  # fmt: skip


def _shelves(codes: Sequence[Mapping[str, Any]], quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Quotes by root and code, in the codebook's order. A quote stands once, under its first code; under others its
    number leads there."""
    found = []
    for root in (code for code in codes if code["id"] == code["root"]):
        boxes = []
        for code in (each for each in codes if each["root"] == root["id"]):
            held = [quote for quote in quotes if quote["codes"][:1] == [code["id"]]]
            also = [quote["number"] for quote in quotes if code["id"] in quote["codes"][1:]]
            if held or also:
                count = ngettext("{count} quote", "{count} quotes", len(held) + len(also))
                boxes.append({"id": code["id"], "name": code["name"], "quotes": held, "also": also, "count": count})
        if boxes:
            found.append({"name": root["name"], "boxes": boxes})
    return found


def _whose(told: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The name of each quote's first segment that is told; "" where none is."""
    names = {
        (each["key"], segment["key"]): segment["name"] for each in told["segmentations"] for segment in each["segments"]
    }
    return {
        quote["number"]: next((names[place] for place in quote["segments"].items() if place in names), "")
        for quote in quotes
    }
