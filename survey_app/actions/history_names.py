"""What the things of a history are called: codes, texts, experts, and the words at a place as they are now."""

from __future__ import annotations

from sqlalchemy import Connection, select

from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.experts import experts
from survey_app.store.log import PLACED, Gone, Row, rows
from survey_app.store.revisions import History

SHORT = 90
HINT = 40
GONE = "…"


class Names:
    """Names of one study; what is read once is kept. `language` is that of the codes' names."""

    def __init__(self, connection: Connection, study_id: str, language: str) -> None:
        self._connection = connection
        self._labels = ("label_ru", "label_en") if language == "ru" else ("label_en", "label_ru")
        self.codes = {row["id"]: row for row in code_rows.codes(connection, study_id, archived=True)}
        found = rows(connection, select(schema.source).where(schema.source.c.study_id == study_id))
        self._sources = {row["id"]: row for row in found}
        self._experts = {row["id"]: row["key"] for row in experts(connection, study_id)}
        self._histories: dict[str, History | None] = {}

    def short(self, code_id: str) -> str:
        """The short name of a code, else its name."""
        code = self.codes.get(code_id)
        return "?" if code is None else code["short"] or self.label(code)

    def label(self, code: Row) -> str:
        """The name of a code, in the other language where it lacks this one."""
        return str(code[self._labels[0]] or code[self._labels[1]])

    def code(self, code_id: str) -> str:
        """Short name and name of a code; "" where it is gone."""
        code = self.codes.get(code_id)
        return "" if code is None else f"{code['short']} {self.label(code)}".strip()

    def code_of_key(self, key: str) -> str:
        """The id of the code with that key, or ""."""
        return next((row["id"] for row in self.codes.values() if row["key"] == key), "")

    def expert(self, expert_id: str) -> str:
        """The key of an expert; "" where they are gone."""
        return str(self._experts.get(expert_id, ""))

    def source_key(self, source_id: str | None) -> str:
        """The key of a source; "" where there is none."""
        return str(self._sources[source_id]["key"]) if source_id in self._sources else ""

    def words(self, row: Row) -> str:
        """The words at the place of a row in the text as it is now."""
        source = self._sources.get(row["source_id"])
        return shortened(source["text"][row["start"] : row["end"]]) if source else GONE

    def words_of(self, table: str, row_id: str) -> str:
        """The first words of a statement or a coding; "" where it is gone."""
        lying = schema.metadata.tables[table]
        found = rows(self._connection, select(lying).where(lying.c.id == row_id))
        return shortened(self.words(found[0]), HINT) if found and found[0]["source_id"] in self._sources else ""

    def present(self, event: Row, side: str) -> Row | None:
        """One side of an event, its place as it is now."""
        row: Row | None = event[side]
        if row is None or event["entity"] not in PLACED:
            return row
        history = self._history(row["source_id"])
        return history.present(event["entity"], row, event["revision"])[0] if history else row

    def edited(self, revision: Row) -> list[Row]:
        """Places in the text as it is now of what ended a revision."""
        history = self._history(revision["source_id"])
        if history is None:
            return []
        length = len(history.text(revision["number"]))
        places = []
        for start, end, *_new in revision["edits"]:
            start = min(start, length - 1)
            there = history.carry(start, max(end, start + 1), revision["number"])
            places.append({"start": there.start, "end": there.end})
        return places

    def _history(self, source_id: str) -> History | None:
        if source_id not in self._histories:
            try:
                self._histories[source_id] = History(self._connection, source_id)
            except Gone:
                self._histories[source_id] = None
        return self._histories[source_id]


def shortened(words: str, most: int = SHORT) -> str:
    """The first words, as many as a line of the history holds."""
    return words if len(words) <= most else f"{words[:most].rstrip(' …')}…"
