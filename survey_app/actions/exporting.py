"""Take the coded statements out as CSV or XLSX; no cell runs anything."""

import csv
from collections.abc import Callable, Collection, Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from coding.codings import codes_of_statements
from coding.frame_files import write_frames
from survey_app.actions.export_formats import FORMATS
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.rosters.cells import defused, may_run, writable, write_text
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence


class ExportProblem(MessageError):
    """An export that cannot be written."""


@needs(Role.RESEARCHER)
def export(
    store: Store, study: Row, form: str, target: Path, *, accepted_words: Collection[str] = (),
    tell: Callable[[Message], None] = lambda notice: None,
) -> int:  # fmt: skip
    """Write one row a statement and code (statements without a code once), all tables (`coding.frame_files`), or the
    deposit package; returns the rows written, of the package its files.

    `accepted_words` and `tell` are for the package (`depositing.deposit`). Raises ExportProblem for a format that is
    not there yet and for a file that cannot be written, PublishingRefused for a package where the gate is shut.
    """
    if form not in FORMATS:
        raise ExportProblem(
            sentence("“{form}” cannot be written yet. Choose one of: {forms}.", form=form, forms=", ".join(FORMATS))
        )
    content, count = _package(store, study, accepted_words, tell) if form == "deposit" else _made(store, study, form)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as problem:
        raise ExportProblem(sentence("{file} cannot be written. Choose another place.", file=str(target))) from problem
    return count


def _package(
    store: Store, study: Row, accepted_words: Collection[str], tell: Callable[[Message], None]
) -> tuple[bytes, int]:  # fmt: skip
    from survey_app.actions.depositing import deposit  # made of much that takes tables out

    return deposit(store, study, accepted_words=accepted_words, tell=tell)


def _made(store: Store, study: Row, form: str) -> tuple[bytes, int]:
    header, rows = coded_statements(store, study)
    if form == "tables":
        return write_frames(frames_of(store, study["id"])), len(rows)
    return as_csv(header, rows) if form == "csv" else as_xlsx(header, rows), len(rows)


@needs(Role.RESEARCHER)
def coded_statements(store: Store, study: Row) -> tuple[list[str], list[list[str]]]:
    """Header and rows: the statement, who said it, and one code of one coder."""
    frames = frames_of(store, study["id"])
    joined = codes_of_statements(frames.statements, frames.codings)[["statement_id", "code_id", "coder_id", "layer"]]
    table = frames.statements.merge(joined, on="statement_id", how="left").fillna("")
    table = table.merge(frames.experts[["expert_id", "group_id"]], on="expert_id", how="left").fillna("")
    header = [
        "statement_id", "label", "source_kind", "order", "expert_id", "group_id", "role", "question_id", "code_id",
        "coder_id", "layer", "text",
    ]  # fmt: skip
    return header, [[str(value) for value in row] for row in table[header].itertuples(index=False)]


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV that spreadsheets open as UTF-8; text is defused, numbers stay numbers."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([[defused(value) if isinstance(value, str) else value for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(header: list[str], rows: list[list[str]], title: str = "statements") -> bytes:
    """A workbook of text cells; control characters, which no workbook can hold, become the replacement sign."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(header)
    for row in rows:
        sheet.append([_said_to_be_text(sheet, value) if may_run(value) else writable(value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _said_to_be_text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    write_text(cell, text)
    return cell
