"""What the demo's coders have done: codings of sessions and documents, values of statements, who was given what."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from survey_app.actions.assigning import assign, hand_in
from survey_app.actions.demo_tables import PERSON, demo_rows
from survey_app.actions.opening import open_comparison
from survey_app.actions.rights import needs
from survey_app.store import codebooks, schema, sources, studies
from survey_app.store import codes as code_rows
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Change, Row, Store, fetch
from survey_app.store.sight import ADJUDICATED
from survey_app.store.team import Role

Passage = tuple[str, int, int, str, str]
"""Id of the source, start, end, key of the code, key of the coder or "adjudicated"."""


@needs(Role.RESEARCHER)
def code_sessions(store: Store, study: Row) -> None:
    """The codings of all coders and of the adjudication, with what each coder has looked at."""
    with store.change(study["id"], PERSON, "import_codings") as change:
        change.insert(schema.coder, [{"study_id": study["id"], "key": key, "name": ""} for key in ("B", "C")])
        spans = _statements(change.connection, study)
        passages = []
        for row in demo_rows("codings.csv"):
            span = spans[row["statement_id"]]
            passages.append((span["source_id"], span["start"], span["end"], row["code"], row["coder"]))
        _insert(change, study, passages)
        coders = _coders(change.connection, study)
        looked = [(row["statement_id"], row["reviewed_by"].split(";")) for row in demo_rows("statements.csv")]
        change.insert(
            schema.review,
            [{"statement_id": spans[label]["id"], "coder_id": coders[key]} for label, keys in looked for key in keys],
        )


@needs(Role.RESEARCHER)
def code_documents(store: Store, study: Row, language: str) -> None:
    """The passages of the documents; what A has coded is adjudicated, and who coded a document has read all of it.

    A passage lies where its words are: the files break their lines otherwise than the text that is stored.
    """
    files = {row[f"file_{language}"].rpartition("/")[2] for row in demo_rows("documents.csv")}
    rows = [row for row in demo_rows("documents_codings.csv") if row["document"] in files]
    with store.change(study["id"], PERSON, "import_codings") as change:
        found = sources.sources(change.connection, study["id"], "document")
        texts = {row["file_name"]: fetch(change.connection, schema.source, row["id"]) for row in found}
        passages = []
        for row in rows:
            source, words = texts[row["document"]], " ".join(row["quote"].split())
            start = source["text"].index(words)
            place = source["id"], start, start + len(words), row["code"]
            passages += [(*place, row["coder"]), *([(*place, ADJUDICATED)] if row["coder"] == PERSON else [])]
        _insert(change, study, passages)
        coders = _coders(change.connection, study)
        readers = sorted({(texts[row["document"]]["id"], coders[row["coder"]]) for row in rows})
        change.insert(
            schema.review,
            [
                {"statement_id": statement["id"], "coder_id": coder}
                for source_id, coder in readers
                for statement in sources.statements(change.connection, source_id)
            ],
        )


@needs(Role.RESEARCHER)
def say_values(store: Store, study: Row) -> None:
    """What coder A says of statements besides their codes: the columns that are attributes of the codebook."""
    with store.change(study["id"], PERSON, "import_values") as change:
        attributes = [one["key"] for one in codebook_of(change.connection, study["id"])["attributes"]]
        spans = _statements(change.connection, study)
        coder = _coders(change.connection, study)[PERSON]
        change.insert(
            schema.statement_value,
            [
                {"statement_id": spans[row["statement_id"]]["id"], "coder_id": coder, "attribute": key,
                 "value": row[key]}
                for row in demo_rows("statements.csv")
                for key in attributes
                if row[key]
            ],
        )  # fmt: skip


@needs(Role.RESEARCHER)
def hand_out(store: Store, study: Row) -> None:
    """A and B have coded blind and handed in, so that they are compared; C is still at one session."""
    with store.reading() as connection:
        coders = _coders(connection, study)
        texts = {row["key"]: row["id"] for row in sources.sources(connection, study["id"], "session")}
        documents = {row["file_name"]: row["id"] for row in sources.sources(connection, study["id"], "document")}
    given = [
        (row["coder"], texts[row["session"]], row["status"])
        for row in demo_rows("coding_progress.csv")
        if row["status"] != "not_assigned"
    ]
    read = {(row["coder"], row["document"]): None for row in demo_rows("documents_codings.csv")}
    given += [(coder, documents[file], "complete") for coder, file in read if file in documents]
    for coder, source_id, _status in given:
        assign(store, PERSON, study["id"], [coders[coder]], [source_id])
    for coder, source_id, status in given:
        if status == "complete":
            hand_in(store, coder, study["id"], coders[coder], source_id)
    open_comparison(store, PERSON, study["id"], [*texts.values(), *documents.values()], early=True)


def _insert(change: Change, study: Row, passages: Iterable[Passage]) -> None:
    """Codings as rows; nobody adjudicated in the demo, so that what is adjudicated is in A's hands."""
    coders = _coders(change.connection, study)
    codes = {row["key"]: row["id"] for row in code_rows.codes(change.connection, study["id"])}
    version = codebooks.version_of(change.connection, study["id"])
    change.insert(
        schema.coding,
        [
            {"source_id": source_id, "start": start, "end": end, "code_id": codes[code],
             "coder_id": coders.get(coder, coders[PERSON]), "created_at": study["created_at"],
             "layer": ADJUDICATED if coder == ADJUDICATED else "coder", "codebook_version": version}
            for source_id, start, end, code, coder in passages
        ],
    )  # fmt: skip


def _coders(connection: Connection, study: Row) -> dict[str, Any]:
    return {row["key"]: row["id"] for row in studies.coders(connection, study["id"])}


def _statements(connection: Connection, study: Row) -> dict[str, Row]:
    """The statements of the sessions by their labels."""
    return {
        row["label"]: row
        for source in sources.sources(connection, study["id"], "session")
        for row in sources.statements(connection, source["id"])
    }
