"""A coder's codings on the desk: put, taken away, resized, found right after a correction; new codes on the way."""

import re

from sqlalchemy import Connection, select

from survey_app.actions.codebook import add_code_within
from survey_app.actions.codebook_rules import name_of
from survey_app.actions.desk_operations import Operation, open_operation
from survey_app.actions.desk_paper import LAYER, CodingRefused, Desk
from survey_app.store import codebooks, schema
from survey_app.store.log import Row, now, rows
from survey_app.store.revisions import History, open_source
from transcripts.messages import Message, sentence
from transcripts.revise import Carried

NEW_CODE = "add_code"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def add(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Put a code on a passage."""
    code, coding = schema.code, schema.coding
    place = place_of(connection, desk, operation)
    found = rows(connection, select(code).where(code.c.id == operation.code, code.c.study_id == desk.study_id))
    if not found or found[0]["archived"]:
        raise CodingRefused(
            sentence("This code is no longer in use in the codebook. Load the page again and choose another.")
        )
    if found[0]["parent_id"] is None and connection.scalar(select(code.c.id).where(code.c.parent_id == operation.code)):
        raise CodingRefused(sentence("“{label}” is a root. Choose a code below it.", label=name_of(found[0])))
    known = connection.scalar(select(coding.c.id).where(coding.c.id == operation.coding))
    if known or not operation.coding or _twin(connection, desk, operation.code, place):
        raise CodingRefused(sentence("This passage has the code {code} already.", code=found[0]["short"]))
    open_operation(connection, desk, operation, "add_coding").insert(
        coding,
        {"id": operation.coding, "source_id": desk.source_id, "start": place.start, "end": place.end,
         "code_id": operation.code, "coder_id": desk.coder_id, "layer": LAYER, "created_at": now(),
         "needs_look": place.cut, "codebook_version": codebooks.version_of(connection, desk.study_id)},
    )  # fmt: skip


def place_of(connection: Connection, desk: Desk, operation: Operation) -> Carried:
    """Where the passage of an operation is in the text as it is now."""
    source = open_source(connection, desk.study_id, desk.source_id)
    start, end, length = operation.start, operation.end, len(source["text"])
    if operation.revision in {None, source["revision"]}:
        if 0 <= start < end <= length:
            return Carried(start, end, False)
    elif operation.revision is not None and operation.revision < source["revision"]:
        history = History(connection, desk.source_id)
        if 0 <= start < end <= len(history.text(operation.revision)):
            return history.carry(start, end, operation.revision)
    raise CodingRefused(sentence("This passage does not lie in the text. Nothing was coded; select it again."))


def remove(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Take a coding away."""
    need_own(connection, desk, operation.coding, sentence("This coding is no longer there. Nothing was removed."))
    open_operation(connection, desk, operation, "remove_coding").delete(schema.coding, operation.coding)


def accept(connection: Connection, desk: Desk, operation: Operation) -> None:
    """A coding whose words were cut is right as it lies now."""
    need_own(connection, desk, operation.coding, sentence("This coding is no longer there."))
    change = open_operation(connection, desk, operation, "look_at_coding")
    change.update(schema.coding, operation.coding, needs_look=False)


def resize(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Let a coding begin or end elsewhere. Whoever does that has looked at it."""
    row = need_own(connection, desk, operation.coding, sentence("This coding is no longer there."))
    place = place_of(connection, desk, operation)
    if (place.start, place.end) != (row["start"], row["end"]) and _twin(connection, desk, row["code_id"], place):
        short = connection.scalar(select(schema.code.c.short).where(schema.code.c.id == row["code_id"]))
        raise CodingRefused(sentence("This passage has the code {code} already.", code=short or ""))
    open_operation(connection, desk, operation, "resize_coding").update(
        schema.coding, operation.coding, start=place.start, end=place.end, needs_look=place.cut
    )


def need_own(connection: Connection, desk: Desk, coding_id: str, problem: Message) -> Row:
    """The coder's own coding at this source. Raises CodingRefused with the problem where it is not there."""
    coding = schema.coding
    query = select(coding).where(
        coding.c.id == coding_id, coding.c.source_id == desk.source_id, coding.c.coder_id == desk.coder_id,
        coding.c.layer == LAYER,
    )  # fmt: skip
    found = rows(connection, query)
    if not found:
        raise CodingRefused(problem)
    return found[0]


def _twin(connection: Connection, desk: Desk, code_id: str, place: Carried) -> bool:
    """Whether the coder has the same code on the same passage already."""
    coding = schema.coding
    query = select(coding.c.id).where(
        coding.c.source_id == desk.source_id, coding.c.coder_id == desk.coder_id, coding.c.layer == LAYER,
        coding.c.code_id == code_id, coding.c.start == place.start, coding.c.end == place.end,
    )  # fmt: skip
    return connection.scalar(query.limit(1)) is not None


def new_code(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Add a code to the codebook from the desk. Its name is in the language that its letters are of."""
    cyrillic = any("а" <= letter <= "я" or letter == "ё" for letter in operation.label.lower())
    known = connection.scalar(select(schema.code.c.id).where(schema.code.c.id == operation.code))
    if known or not UUID.fullmatch(operation.code):
        raise CodingRefused(sentence("The browser sent something unknown. Load the page again."))
    change = open_operation(connection, desk, operation, NEW_CODE)
    add_code_within(
        change, desk.study_id, parent_id=operation.parent, code_id=operation.code,
        label_ru=operation.label if cyrillic else "", label_en="" if cyrillic else operation.label,
    )  # fmt: skip


def need_unused(connection: Connection, change: Row) -> None:
    """Raise CodingRefused where a code that the change has added holds codings by now, of whichever coder."""
    event, coding = schema.event, schema.coding
    added = select(event.c.entity_id).where(event.c.change_id == change["id"], event.c.entity == "code")
    if connection.scalar(select(coding.c.id).where(coding.c.code_id.in_(added)).limit(1)):
        raise CodingRefused(
            sentence("The code that you added is in use. Remove its codings first, or take it out of use.")
        )
