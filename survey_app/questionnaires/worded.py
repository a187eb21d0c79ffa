"""Exports whose questions have no keys but their words: a table as it is, Google Forms, Yandex Forms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from survey_app.questionnaires.export import Export, Head
from survey_app.questionnaires.guide_items import split_header
from survey_app.questionnaires.header_rows import without_header_rows
from survey_app.questionnaires.heads import heads_of
from survey_app.questionnaires.readers import Brought


def worded(
    platform: str, brought: Brought, known: Collection[str] = (), lines: list[list[str]] | None = None
) -> Export:
    """A table with one header row, or one in each language; headers in mid-table are left out.

    `known` are keys that only a header has in its first cell; `lines` stand for those of the file. Raises
    UnreadableTable.
    """
    body = without_header_rows(brought.lines if lines is None else lines, known)
    table = brought.table(body.lines)
    export = Export(platform, replace(table, warnings=(*table.warnings, *body.warnings)), worded=True)
    heads = heads_of(export)
    for name, other in zip(table.columns, body.other, strict=False):
        heads[name] = _in_both(heads[name], other)
    return replace(export, heads=heads)


def _in_both(head: Head, other: str) -> Head:
    """The head with its words in the other language below."""
    if not other or other == head.asked:
        return head
    question, line = split_header(other) if head.line else (other, "")
    return replace(
        head, asked=f"{head.asked}\n{question}", line_asked=f"{head.line_asked}\n{line}" if line else head.line_asked
    )
