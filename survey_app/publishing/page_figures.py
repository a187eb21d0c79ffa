"""The figures of a page, drawn from the content of a release alone, in the language in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from coding.segments import ALL
from survey_app.language import _
from survey_app.publishing.chapters import PROBLEMS
from survey_app.publishing.figures.drawing import Count, Figure
from survey_app.publishing.figures.mirrored import mirrored
from survey_app.publishing.figures.numbers import numbers
from survey_app.publishing.figures.people import people
from survey_app.publishing.figures.scales import places, scale
from survey_app.publishing.figures.tiles import Column, Row, tiles

Cells = Mapping[tuple[str, str, str], Mapping[str, Any]]
"""The cells of a release by segmentation, segment and code."""


def cells_of(content: Mapping[str, Any]) -> Cells:
    """The cells of a release, to be found by their place."""
    return {(cell["segmentation"], cell["segment"], cell["code"]): cell for cell in content["cells"]}


def cell_at(cells: Cells, segmentation: str, segment: str, code: str) -> Mapping[str, Any]:
    """One cell; what is not in the release is hidden."""
    return cells.get((segmentation, segment, code), {"k": None, "n": 0, "statements": None})


def counts_of(
    told: Mapping[str, Any], cells: Cells, codes: Sequence[str], segmentation: str, segment: str
) -> list[Count]:
    """Codes of one segment as they are drawn, in the codebook's order."""
    known = {code["id"]: code for code in told["codes"]}
    return [
        Count(code, known[code]["name"], cell["k"], cell["n"], known[code]["polarity"])
        for code in codes
        for cell in [cell_at(cells, segmentation, segment, code)]
    ]


def of_segment(question: Mapping[str, Any], counts: Sequence[Count], segment: str, title: str, finding: str) -> Figure:
    """What one segment says to the question."""
    draw = mirrored if question["key"] == PROBLEMS else people
    return draw(counts, segment, title, finding)


def by_segments(
    told: Mapping[str, Any], cells: Cells, question: Mapping[str, Any], segmentation: Mapping[str, Any], title: str
) -> Figure:
    """Codes by segments, the codes that most experts name first; those of which nothing is named or hidden left out.
    Problems stand above enablers."""
    codes, finding = question["codes"], question["compared"][segmentation["key"]]
    groups = {"negative": _("Problems"), "positive": _("Enablers")} if question["key"] == PROBLEMS else {}
    known = {code["id"]: code for code in told["codes"]}
    key = segmentation["key"]
    columns = columns_of(segmentation)
    found = {
        (code, column.key): Count(code, known[code]["name"], cell["k"], cell["n"], known[code]["polarity"])
        for code in codes
        for column in columns
        for cell in [cell_at(cells, key, column.key, code)]
    }
    kept = [code for code in ranked(cells, codes, key) if any(found[code, each.key].k != 0 for each in columns)]
    rows = [Row(code, known[code]["name"], groups.get(known[code]["polarity"], "")) for code in kept or codes]
    rows.sort(key=lambda row: list(groups.values()).index(row.group) if row.group else 0)
    return tiles(rows, columns, found, title, finding, ALL)


def ranked(cells: Cells, codes: Sequence[str], segmentation: str) -> list[str]:
    """The codes that most experts name first, those whose number is hidden last."""

    def place(code: str) -> tuple[bool, int]:
        cell = cell_at(cells, segmentation, ALL, code)
        return cell["k"] is None, -(cell["k"] or 0)

    return sorted(codes, key=place)


def of_topics(told: Mapping[str, Any], by: Mapping[str, Any], segmentation: Mapping[str, Any]) -> Figure:
    """Topics by segments."""
    names = dict(told["names"])
    found = {(topic, segment): Count(topic, names[topic], k, n) for topic, segment, k, n in by["cells"]}
    columns = [column for column in columns_of(segmentation) if any(column.key == each for _t, each in found)]
    return tiles([Row(topic, name) for topic, name in told["names"]], columns, found, told["title"], by["finding"], ALL)


def of_words(panel: Mapping[str, Any], title: str) -> Figure:
    """The words of one topic: said here, of all times that they are said."""
    counts = [Count("", word, here, everywhere) for word, here, everywhere in panel["rows"]]
    return people(counts, "", title, panel["finding"], look="o", most=0)


def of_answers(question: Mapping[str, Any]) -> Figure:
    """One question of the questionnaire, each kind in its own way."""
    kind, rows, title, finding = question["kind"], question["rows"], question["name"], question["finding"]
    if kind == "likert":
        return scale(question["points"], rows, title, finding)
    if kind == "rank":
        return places(question["points"], rows, title, finding)
    if kind == "numeric":
        return numbers(rows, title, finding)
    counts = [Count("", row["name"], row["counts"][0], row["answered"]) for row in rows]
    return people(counts, "", title, finding, look="o")


def columns_of(segmentation: Mapping[str, Any]) -> list[Column]:
    """The segments as columns, all experts last."""
    segments = [segment for segment in segmentation["segments"] if segment["key"] != ALL]
    everyone = [segment for segment in segmentation["segments"] if segment["key"] == ALL]
    return [
        Column(each["key"], each["brief"] if each["key"] == ALL else each["name"], each["brief"])
        for each in [*segments, *everyone]
    ]
