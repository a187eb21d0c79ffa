"""Several questionnaires in a study, and one row for all that an expert answered to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY, TITLE_EN, TITLE_RU = "q1", "Questionnaire", "Анкета"
BATCH = 1_000
_UNSAID = (None, "", 0, "")
Row = dict[str, Any]

EVENT = sa.table(
    "event", *map(sa.column, ("id", "change_id", "entity", "entity_id")), sa.column("before", sa.JSON),
    sa.column("after", sa.JSON),
)  # fmt: skip
CHANGE = sa.table("change", *map(sa.column, ("id", "study_id", "at")))
STUDY = sa.table("study", *map(sa.column, ("id", "created_at")))
ITEM = sa.table("item", *map(sa.column, ("id", "study_id", "key", "instrument_id")))
EXPERT = sa.table("expert", *map(sa.column, ("id", "study_id")))
ANSWER = sa.table("answer", *map(sa.column, ("id", "expert_id", "item_id", "value", "text")),
                  sa.column("cannot_say", sa.Boolean))  # fmt: skip
INSTRUMENT = sa.table(
    "instrument", *map(sa.column, ("id", "study_id", "key", "title_en", "title_ru", "origin", "created_at")),
    sa.column("definition", sa.JSON),
)  # fmt: skip
RESPONSE = sa.table(
    "response", *map(sa.column, ("id", "study_id", "instrument_id", "expert_id", "file_name", "row", "at", "language")),
    sa.column("answers", sa.JSON),
)  # fmt: skip


def upgrade() -> None:
    _make_tables()
    if not op.get_context().as_sql:  # written out as a script it is for an empty database
        connection = op.get_bind()
        instruments = _give_instruments(connection)
        _Moving(connection, instruments).move()
    op.drop_table("answer")


def downgrade() -> None:
    """Back to one row an answer. What was kept as it was written and is no answer has no place there; the log forgets
    how whole responses came and went."""
    op.create_table(
        "answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("expert_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        _text("text"),
        sa.Column("cannot_say", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_answer_expert_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_answer_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("expert_id", "item_id", name=op.f("uq_answer_expert_id_item_id")),
    )
    for column in ("expert_id", "item_id"):
        op.create_index(op.f(f"ix_answer_{column}"), "answer", [column])
    connection = op.get_bind()
    _insert(connection, ANSWER, list(_single_answers(connection)))
    connection.execute(sa.delete(EVENT).where(EVENT.c.entity.in_(["response", "instrument"])))
    op.drop_table("response")
    with op.batch_alter_table("item") as batch:
        batch.drop_index(op.f("ix_item_instrument_id"))
        batch.drop_constraint(op.f("fk_item_instrument_id"), type_="foreignkey")
        for column in ("instrument_id", "section", "reverse"):
            batch.drop_column(column)
    op.drop_table("instrument")


def _make_tables() -> None:
    _table(
        "instrument",
        _of("study"),
        sa.Column("key", sa.String(length=40), nullable=False),
        *(_text(name) for name in ("version", "title_en", "title_ru")),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        _text("created_at"),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        unique=["study_id", "key"],
    )
    _table(
        "response",
        *(_of(table) for table in ("study", "instrument", "expert")),
        _text("file_name"),
        sa.Column("row", sa.Integer(), server_default="0", nullable=False),
        *(_text(name) for name in ("at", "language")),
        sa.Column("answers", sa.JSON(), nullable=False),
        unique=["instrument_id", "expert_id"],
    )
    with op.batch_alter_table("item") as batch:
        batch.add_column(sa.Column("instrument_id", sa.String(length=36), nullable=True))
        batch.add_column(_text("section"))
        batch.add_column(sa.Column("reverse", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.create_foreign_key(op.f("fk_item_instrument_id"), "instrument", ["instrument_id"], ["id"])
        batch.create_index(op.f("ix_item_instrument_id"), ["instrument_id"])


def _give_instruments(connection: sa.Connection) -> dict[str, str]:
    """One questionnaire for every study that has, or in its log had, items; returns its id by the study's."""
    logged = (
        sa.select(CHANGE.c.study_id)
        .join(EVENT, EVENT.c.change_id == CHANGE.c.id)
        .where(EVENT.c.entity == "item", CHANGE.c.study_id.is_not(None))
    )
    studies = set(connection.scalars(sa.select(ITEM.c.study_id))) | set(connection.scalars(logged))
    made = {study_id: str(uuid4()) for study_id in sorted(studies)}
    times = dict(connection.execute(sa.select(STUDY.c.id, STUDY.c.created_at)).all())
    rows = [
        {"id": each, "study_id": study_id, "key": KEY, "title_en": TITLE_EN, "title_ru": TITLE_RU, "definition": {},
         "origin": "import", "created_at": times[study_id]}
        for study_id, each in made.items()
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(INSTRUMENT), rows)
    for study_id, each in made.items():
        connection.execute(sa.update(ITEM).where(ITEM.c.study_id == study_id).values(instrument_id=each))
    return made


class _Moving:
    """Answers become responses, in their table and in the log; a response has one id wherever it is spoken of."""

    def __init__(self, connection: sa.Connection, instruments: dict[str, str]) -> None:
        self._connection = connection
        self._instruments = instruments
        self._keys: dict[str, str] = dict(connection.execute(sa.select(ITEM.c.id, ITEM.c.key)).all())
        self._studies = dict(connection.execute(sa.select(CHANGE.c.id, CHANGE.c.study_id)).all())
        self._response_of: dict[str, str] = {}
        self._made: dict[tuple[Any, str], str] = {}

    def move(self) -> None:
        """The log first: it says which answers came together."""
        self._items_of_the_log()
        self._answers_of_the_log()
        self._answers()

    def _items_of_the_log(self) -> None:
        for event in self._events("item"):
            images = {side: event[side] for side in ("before", "after") if event[side]}
            for image in images.values():
                self._keys[image["id"]] = image["key"]
                more = {"instrument_id": self._instruments.get(image["study_id"]), "section": "", "reverse": False}
                image.update(more)
            self._connection.execute(sa.update(EVENT).where(EVENT.c.id == event["id"]).values(**images))

    def _answers_of_the_log(self) -> None:
        told: dict[tuple[int, str, str], Row] = {}
        for event in self._events("answer"):
            side = "after" if event["after"] else "before"
            answer = event[side]
            study_id = self._studies.get(event["change_id"])
            if study_id not in self._instruments or answer["item_id"] not in self._keys:
                continue
            response = self._whose(event["change_id"], answer)
            row = told.setdefault(
                (event["change_id"], side, response),
                {"id": event["id"], "change_id": event["change_id"], "entity": "response", "entity_id": response,
                 "before": None, "after": None, side: self._response(response, study_id, answer["expert_id"])},
            )  # fmt: skip
            row[side]["answers"][self._keys[answer["item_id"]]] = _packed(dict(answer))
        self._connection.execute(sa.delete(EVENT).where(EVENT.c.entity == "answer"))
        _insert(self._connection, EVENT, told.values())

    def _answers(self) -> None:
        query = sa.select(ANSWER, EXPERT.c.study_id).join(EXPERT, EXPERT.c.id == ANSWER.c.expert_id)
        found: dict[tuple[str, str], Row] = {}
        for answer in self._connection.execute(query).mappings():
            study_id, expert_id = answer["study_id"], answer["expert_id"]
            if (study_id, expert_id) not in found:
                response = self._response_of.get(answer["id"]) or str(uuid4())
                found[study_id, expert_id] = self._response(response, study_id, expert_id)
            found[study_id, expert_id]["answers"][self._keys[answer["item_id"]]] = _packed(dict(answer))
        _insert(self._connection, RESPONSE, found.values())

    def _events(self, entity: str) -> list[Row]:
        query = sa.select(EVENT).where(EVENT.c.entity == entity).order_by(EVENT.c.id)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _whose(self, change_id: int, answer: Row) -> str:
        """The response that an answer is part of: all of one expert that one change brought."""
        if answer["id"] not in self._response_of:
            made = self._made.setdefault((change_id, answer["expert_id"]), str(uuid4()))
            self._response_of[answer["id"]] = made
        return self._response_of[answer["id"]]

    def _response(self, response_id: str, study_id: str, expert_id: str) -> Row:
        return {
            "id": response_id, "study_id": study_id, "instrument_id": self._instruments[study_id],
            "expert_id": expert_id, "file_name": "", "row": 0, "at": "", "language": "", "answers": {},
        }  # fmt: skip


def _insert(connection: sa.Connection, table: sa.TableClause, rows: Iterable[Row]) -> None:
    coming = iter(rows)
    while some := list(islice(coming, BATCH)):
        connection.execute(sa.insert(table), some)


def _packed(answer: Mapping[str, Any]) -> Any:
    """The number alone, or [value, text, flag] without what is not said, as `store.answers` has it."""
    value = answer["value"]
    number = int(value) if value is not None and float(value).is_integer() else value
    if answer["cannot_say"]:
        return [number, answer["text"], 1]
    if answer["text"]:
        return [number, answer["text"]]
    return [] if number is None else number


def _single_answers(connection: sa.Connection) -> Iterator[Row]:
    """One row for each answer; its id is made of the response's, so that it is the same every time."""
    items = {(row.instrument_id, row.key): row.id for row in connection.execute(sa.select(ITEM))}
    query = sa.select(RESPONSE.c.id, RESPONSE.c.instrument_id, RESPONSE.c.expert_id, RESPONSE.c.answers)
    for response in connection.execute(query).all():
        for key, packed in response.answers.items():
            value, text, flags, _raw = [*packed, *_UNSAID[len(packed) :]] if isinstance(packed, list) else (
                packed, "", 0, "",
            )  # fmt: skip
            item_id = items.get((response.instrument_id, key))
            if item_id is not None and not flags & 2:
                yield {
                    "id": str(uuid5(NAMESPACE_OID, f"{response.id} {key}")), "expert_id": response.expert_id,
                    "item_id": item_id, "value": value, "text": text, "cannot_say": bool(flags & 1),
                }  # fmt: skip


def _table(name: str, *columns: sa.Column, unique: list[str]) -> None:
    """A table with an id; columns named after a table refer to it and go with its rows."""
    of = [column.name for column in columns if column.info.get("of")]
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        *columns,
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{column.removesuffix('_id')}.id"], name=op.f(f"fk_{name}_{column}"), ondelete="CASCADE"
            )
            for column in of
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")),
    )
    for column in of:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _of(table: str) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(length=36), nullable=False, info={"of": True})


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
