"""What a query found, as files: statements with k and n in CSV, Excel and Word; experts by codes as 0 and 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from coding.presence import columns_of, presence
from coding.segments import ALL
from coding.vicinity import neighbours
from survey_app.actions.exporting import as_csv
from survey_app.actions.retrieving import Found, by_expert
from survey_app.actions.word_files import WordFile
from survey_app.actions.workbooks import Sheet, workbook
from survey_app.language import _, label
from survey_app.views.segment_names import records
from survey_app.views.spoken import clock, spoken

COLUMNS = (
    "expert_id", "group_id", "group", "source", "source_kind", "order", "time_s", "question_id", "label",
    "statement_id", "text", "before", "after", "codes", "matched", "group_k", "group_n", "all_k", "all_n",
)  # fmt: skip
"""Columns of the CSV: statements of one group carry how many (k) of how many (n) experts of it said what was found."""


@dataclass(frozen=True, slots=True)
class Report:
    """What stands in every file: found statements, the query in words, the study's title, keys of the sources."""

    found: Found
    said: str
    title: str
    sources: Mapping[str, str]


def statements_csv(report: Report) -> bytes:
    """One row a statement (`COLUMNS`); UTF-8 that spreadsheets open."""
    rows = _rows(report)
    return as_csv(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def statements_xlsx(report: Report) -> bytes:
    """Statements, experts by group, and the query, each on a sheet of its own."""
    rows = _rows(report)
    names = _header()
    wide = {"text": 80, "before": 40, "after": 40, "group": 24, "codes": 24, "matched": 24}
    return workbook(
        [
            Sheet(_("Statements"), list(names.values()), [[row[name] for name in names] for row in rows],
                  [wide.get(name, 12) for name in names]),
            Sheet(_("Experts"), _count_header(), _count_rows(report), [40, 12, 12, 12]),
            Sheet(_("Query"), [_("Study"), _("Query")], [[report.title, report.said]], [40, 100]),
        ]
    )  # fmt: skip


def statements_docx(report: Report) -> bytes:
    """To be read: the query, experts by group, then the statements of each expert with what stood around them."""
    word = WordFile(report.title)
    word.paragraph(report.said)
    word.table(_count_header(), [[str(value) for value in row] for row in _count_rows(report)])
    labels = {row["code_id"]: f"{row['short']} {label(row)}".strip() for row in records(report.found.frames.codes)}
    before = None
    for row in _rows(report):
        if row["expert_id"] != before:
            before = row["expert_id"]
            word.heading(" · ".join(part for part in (before or _("Not known who said it"), row["group"]) if part), 2)
        if row["before"]:
            word.quiet(row["before"])
        word.paragraph(row["text"])
        if row["after"]:
            word.quiet(row["after"])
        codes = [labels.get(key, key) for key in row["codes"].split("; ") if key]
        facts = (row["source"], clock(row["start_s"]), row["question_id"], row["label"], *codes)
        word.quiet(" · ".join(part for part in facts if part))
    return word.content()


def presence_csv(report: Report) -> bytes:
    """Experts by codes, 0 and 1 (`coding.presence`), for a statistics program."""
    table = _presence(report.found)
    return as_csv(list(table.columns), table.values.tolist())


def presence_xlsx(report: Report) -> bytes:
    """The same with a sheet that says what the columns are."""
    table = _presence(report.found)
    columns = columns_of(report.found.frames.codes)
    meaning = [
        [columns[row["code_id"]], row["code_id"], row["short"], row["label_en"], row["label_ru"], row["parent_id"]]
        for row in records(report.found.frames.codes)
    ]
    header = [_("Column"), _("Key"), _("Short code"), _("English"), _("Russian"), _("Under")]
    return workbook(
        [
            Sheet(_("Experts and codes"), list(table.columns), table.values.tolist()),
            Sheet(_("Columns"), header, meaning, [24, 24, 12, 50, 50, 20]),
            Sheet(_("Query"), [_("Study"), _("Query")], [[report.title, report.said]], [40, 100]),
        ]
    )


def _presence(found: Found) -> pd.DataFrame:
    experts = found.frames.experts
    if found.query.where.groups:
        experts = experts[experts["group_id"].isin(found.query.where.groups)]
    return presence(found.statements, found.frames.codes, experts)


def _rows(report: Report) -> list[dict[str, Any]]:
    found = report.found
    groups = {row["group_id"]: label(row) for row in records(found.frames.groups)}
    counts = {row["group_id"]: row for row in records(found.counts)}
    everybody = counts[ALL]
    around = neighbours(found.frames.statements, found.statements["statement_id"])
    rows = []
    for row in by_expert(found):
        before, after = around[row["statement_id"]]
        group = counts.get(row["group_id"], {})
        rows.append(
            row
            | {
                "group": groups.get(row["group_id"], ""),
                "source": report.sources.get(row["source_id"], ""),
                "time_s": "" if pd.isna(row["start_s"]) else round(row["start_s"], 1),
                "before": spoken(before) if before else "",
                "after": spoken(after) if after else "",
                "codes": "; ".join(row["codes"]),
                "matched": "; ".join(row["matched"]),
                "group_k": group.get("k", ""),
                "group_n": group.get("n", ""),
                "all_k": everybody["k"],
                "all_n": everybody["n"],
            }
        )
    return rows


def _header() -> dict[str, str]:
    """Columns of the workbook in the language of the screen; the counts have a sheet of their own."""
    return {
        "expert_id": _("Expert"), "group_id": _("Group, key"), "group": _("Group"), "source": _("Source"),
        "source_kind": _("Kind of source"), "order": _("Place in the source"), "time_s": _("Time, s"),
        "question_id": _("Question"), "label": _("Label"), "statement_id": _("Statement, id"), "text": _("Statement"),
        "before": _("Said before"), "after": _("Said after"), "codes": _("Codes"), "matched": _("Codes asked for"),
    }  # fmt: skip


def _count_header() -> list[str]:
    return [_("Stakeholder group"), _("Experts, k"), _("of all, n"), _("Statements")]


def _count_rows(report: Report) -> list[list[Any]]:
    groups = {row["group_id"]: label(row) for row in records(report.found.frames.groups)}
    return [
        [groups.get(row["group_id"], _("All experts")), row["k"], row["n"], row["statements"]]
        for row in records(report.found.counts)
    ]
