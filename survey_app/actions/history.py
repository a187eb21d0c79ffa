"""What a coder has done, from the log, in words: per source, per code, per statement. Nobody sees another's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.log import Gone, Row, Store, rows
from survey_app.store.revisions import History
from transcripts.messages import Message, sentence

NEWEST = 500
SHORT = 90
_ENTITIES = ("coding", "flag", "statement_value", "memo", "code")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: when, which source (its key, or ""), in what words; `kind` is do, undo or redo."""

    at: str
    kind: str
    source_key: str
    said: Message
    code_id: str = ""
    statement_id: str = ""


def history_of(
    store: Store, study_id: str, coder: Row, *, source_id: str = "", code_id: str = "", statement_id: str = ""
) -> list[Deed]:
    """The newest deeds of a coder first, at most `NEWEST`; with ids those about one source, code or statement."""
    event, change = schema.event, schema.change
    query = (
        select(event, change.c.at, change.c.kind, change.c.scope)
        .where(change.c.verb != "create_study")
        .join(change, change.c.id == event.c.change_id)
        .where(change.c.study_id == study_id, change.c.person == coder["key"], event.c.entity.in_(_ENTITIES))
        .order_by(event.c.id.desc())
    )
    if source_id:
        query = query.where(change.c.scope == source_id)
    with store.reading() as connection:
        teller = _Teller(connection, study_id, coder["id"])
        place = teller.place(statement_id) if statement_id else None
        deeds: list[Deed] = []
        for row in connection.execute(query).mappings():
            if len(deeds) == NEWEST:
                break
            deed = teller.tell(dict(row), place, statement_id, code_id)
            if deed is not None:
                deeds.append(deed)
    return deeds


class _Teller:
    """Puts events into words; sources and codes are read once."""

    def __init__(self, connection: Connection, study_id: str, coder_id: str) -> None:
        self._connection = connection
        self._coder_id = coder_id
        self._codes = {row["id"]: row for row in code_rows.codes(connection, study_id, archived=True)}
        found = rows(connection, select(schema.source).where(schema.source.c.study_id == study_id))
        self._sources = {row["id"]: row for row in found}
        self._histories: dict[str, History | None] = {}

    def place(self, statement_id: str) -> Row | None:
        """Where a statement is now."""
        table = schema.statement
        found = rows(self._connection, select(table).where(table.c.id == statement_id))
        return found[0] if found else None

    def tell(self, row: Row, place: Row | None, statement_id: str, code_id: str) -> Deed | None:
        """The deed of an event, or None where it is not the coder's own or not what is asked for."""
        there = row["after"] or row["before"]
        if row["entity"] != "code" and there["coder_id"] != self._coder_id:
            return None
        deed = Deed(row["at"], row["kind"], self._sources.get(row["scope"], {}).get("key", ""), Message(""))
        if row["entity"] == "coding":
            return self._coding(deed, row, place, code_id)
        if code_id and there["id"] != code_id:
            return None
        if row["entity"] == "code":
            return None if statement_id else self._code(deed, row)
        if statement_id and statement_id not in {there.get("statement_id"), there.get("about_id")}:
            return None
        return replace(deed, said=_mark(row, there), statement_id=there.get("statement_id", ""))

    def _coding(self, deed: Deed, row: Row, place: Row | None, code_id: str) -> Deed | None:
        before, after = self._present(row, "before"), self._present(row, "after")
        there = after or before
        assert there is not None
        if code_id and there["code_id"] != code_id:
            return None
        if place and not (
            there["source_id"] == place["source_id"] and there["start"] < place["end"] and there["end"] > place["start"]
        ):
            return None
        code = self._codes.get(there["code_id"], {}).get("short", "?")
        words = _shortened(self._sources[there["source_id"]]["text"][there["start"] : there["end"]])
        if before is None:
            said = sentence("{code} was put on “{words}”.", code=code, words=words)
        elif after is None:
            said = sentence("{code} was taken off “{words}”.", code=code, words=words)
        elif (before["start"], before["end"]) != (after["start"], after["end"]):
            said = sentence("{code} was given other ends: “{words}”.", code=code, words=words)
        else:
            said = sentence("{code} was looked at again on “{words}”.", code=code, words=words)
        return replace(deed, said=said, code_id=there["code_id"], source_key=self._sources[there["source_id"]]["key"])

    def _code(self, deed: Deed, row: Row) -> Deed:
        there = row["after"] or row["before"]
        label = there["label_en"] or there["label_ru"]
        if row["before"] is None:
            return replace(deed, said=sentence("The code “{label}” was added.", label=label), code_id=there["id"])
        return replace(deed, said=sentence("The code “{label}” was changed.", label=label), code_id=there["id"])

    def _present(self, row: Row, side: str) -> Row | None:
        """One side of an event with its place in the text as it is now."""
        if row[side] is None:
            return None
        source_id = row[side]["source_id"]
        if source_id not in self._histories:
            try:
                self._histories[source_id] = History(self._connection, source_id)
            except Gone:
                self._histories[source_id] = None
        history = self._histories[source_id]
        return history.present("coding", row[side], row["revision"])[0] if history else row[side]


def _mark(row: Row, there: Row) -> Message:
    gone = row["after"] is None
    if row["entity"] == "flag":
        return sentence("A flag was taken away.") if gone else sentence("A flag was set.")
    if row["entity"] == "memo":
        words = _shortened(there["text"])
        if gone:
            return sentence("A memo was removed: “{words}”.", words=words)
        return sentence("A memo was written: “{words}”.", words=words)
    if gone:
        return sentence("{attribute} was set to nothing.", attribute=there["attribute"])
    return sentence("{attribute} was set to “{value}”.", attribute=there["attribute"], value=there["value"])


def _shortened(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[:SHORT].rstrip()}…"
