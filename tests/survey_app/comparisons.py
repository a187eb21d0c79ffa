"""The demo with the comparison of its sessions open, for tests."""

import csv
from dataclasses import dataclass

from sqlalchemy import select

from survey_app.actions.demo import DEMO
from survey_app.actions.studies import need_study
from survey_app.store import schema, sources
from survey_app.store.log import rows

DIFFERENT = list(csv.DictReader((DEMO / "adjudication.csv").open(encoding="utf-8")))
"""The six statements on which coders A and B of the demo differ."""


@dataclass
class Opened:
    """A study whose sessions can be compared. `ids`: statements by their label."""

    store: object
    study: dict
    sources: list
    ids: dict

    @property
    def study_id(self):
        return self.study["id"]

    def table(self, table):
        """All rows of a table, by id."""
        with self.store.reading() as connection:
            return {row["id"]: row for row in rows(connection, select(table))}

    def layer(self, layer):
        """The codings of a layer, by id."""
        return {key: row for key, row in self.table(schema.coding).items() if row["layer"] == layer}

    def decisions(self):
        """What is decided, by the label of the statement: (how, reason)."""
        labels = {row_id: name for name, row_id in self.ids.items()}
        return {
            labels[row["statement_id"]]: (row["how"], row["reason"]) for row in self.table(schema.decision).values()
        }

    def adjudicated(self, label):
        """Keys of the codes that lie on a statement in the adjudicated layer, with their places within it."""
        statement = self.table(schema.statement)[self.ids[label]]
        keys = {row["id"]: row["key"] for row in self.table(schema.code).values()}
        return sorted(
            (keys[row["code_id"]], row["start"] - statement["start"], row["end"] - statement["start"])
            for row in self.layer("adjudicated").values()
            if row["source_id"] == statement["source_id"]
            and row["start"] < statement["end"]
            and row["end"] > statement["start"]
        )


def open_comparison(store, study, person="A", keys=("S-A", "S-B", "S-C")):
    """Let everybody see everybody's work on these texts, as a researcher does."""
    with store.reading() as connection:
        found = [row for row in sources.sources(connection, study["id"]) if row["key"] in keys]
    opening = schema.opening
    with store.change(study["id"], person, "open_comparison") as change:
        query = opening.select().where(opening.c.source_id.in_([row["id"] for row in found]))
        change.delete(opening, [row.id for row in change.connection.execute(query)])
        change.insert(
            opening,
            [{"source_id": row["id"], "at": "2026-01-01T00:00:00+00:00", "person": person} for row in found],
        )
    return found


def opened_demo(store, slug="demo-en"):
    """The demo with its three sessions open."""
    study = need_study(store, slug)
    found = open_comparison(store, study)
    with store.reading() as connection:
        ids = {row["label"]: row["id"] for each in found for row in sources.statements(connection, each["id"])}
    return Opened(store, study, [row["id"] for row in found], ids)
