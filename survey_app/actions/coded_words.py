"""The words that a coder has given a code, with what stands around them: nobody else's."""

from dataclasses import dataclass

from sqlalchemy import select

from survey_app.actions.rights import needs
from survey_app.store import schema
from survey_app.store.log import Store, rows
from survey_app.store.team import Role

AROUND = 240


@dataclass(frozen=True, slots=True)
class CodedWords:
    """One coding: its words, up to `AROUND` code points before and after, and where it lies."""

    coding_id: str
    text: str
    before: str
    after: str
    source: str
    language: str


@needs(Role.RESEARCHER)
def coded_words(store: Store, study_id: str, code_id: str, person: str) -> list[CodedWords]:
    """The person's own codings with this code, in the order of sources and places."""
    coding, coder, source = schema.coding, schema.coder, schema.source
    query = (
        select(
            coding.c.id, coding.c.start, coding.c.end, source.c.title, source.c.key, source.c.language, source.c.text
        )
        .join(coder, coder.c.id == coding.c.coder_id)
        .join(source, source.c.id == coding.c.source_id)
        .where(source.c.study_id == study_id, coding.c.code_id == code_id, coder.c.key == person)
        .where(coding.c.layer == "coder")
        .order_by(source.c.position, source.c.key, coding.c.start, coding.c.id)
    )
    with store.reading() as connection:
        found = rows(connection, query)
    return [
        CodedWords(
            row["id"], row["text"][row["start"] : row["end"]], _from(row["text"], row["start"]),
            _to(row["text"], row["end"]), row["title"] or row["key"], row["language"],
        )
        for row in found
    ]  # fmt: skip


def _from(text: str, start: int) -> str:
    """What stands before, from a word's beginning."""
    piece = text[max(0, start - AROUND) : start]
    return piece if start <= AROUND else "… " + piece.partition(" ")[2]


def _to(text: str, end: int) -> str:
    """What stands after, up to a word's end."""
    piece = text[end : end + AROUND]
    return piece if end + AROUND >= len(text) else piece.rpartition(" ")[0] + " …"
