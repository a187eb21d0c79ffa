"""Store a questionnaire whose columns a person has confirmed; open answers become statements of their own kind."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Table, func, select

from survey_app.actions.rights import needs
from survey_app.store import codes as code_rows
from survey_app.store import experts as expert_rows
from survey_app.store import schema
from survey_app.store.log import Change, Row, Store, new_id, now, rows
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence


class QuestionnaireProblem(MessageError):
    """A questionnaire that cannot be stored."""


@dataclass(frozen=True, slots=True)
class Present:
    """What a study has of a questionnaire: questions, how many experts answered, answers, open answers and codings."""

    questions: int
    experts: int
    answers: int
    open_answers: int
    codings: int
    file_name: str


@needs(Role.RESEARCHER)
def import_questionnaire(
    store: Store, person: str, study: Row, items: pd.DataFrame, answers: pd.DataFrame, open_answers: pd.DataFrame,
    *, file_name: str = "",
) -> int:  # fmt: skip
    """Store items (ITEMS contract), answers (ANSWERS contract) and open answers (expert_id, item_id, text).

    Replaces a questionnaire imported before, unless its answers have been coded already. Returns the answers
    stored, open ones included.
    """
    with store.change(study["id"], person, "import_questionnaire") as change:
        people = {row["key"]: row["id"] for row in expert_rows.experts(change.connection, study["id"])}
        strangers = sorted((set(answers["expert_id"]) | set(open_answers["expert_id"])) - set(people))
        if strangers:
            raise QuestionnaireProblem(
                sentence("Answers of people who are not on the roster: {names}.", names=", ".join(strangers))
            )
        _take_out(change, study["id"])
        ids = _add_items(change, study["id"], items)
        change.insert(
            schema.answer,
            [
                {"expert_id": people[row["expert_id"]], "item_id": ids[row["item_id"]],
                 "value": None if pd.isna(row["value"]) else float(row["value"]), "text": row["text"],
                 "cannot_say": bool(row["cannot_say"])}
                for row in answers.to_dict("records")
            ],
        )  # fmt: skip
        open_items = items[items["item_id"].isin(open_answers["item_id"])].to_dict("records")
        written = open_answers.to_dict("records")
        for position, item in enumerate(open_items):
            said = [row for row in written if row["item_id"] == item["item_id"]]
            here, other = ("ru", "en") if study["language"] == "ru" else ("en", "ru")
            title = str(item[f"label_{here}"] or item[f"label_{other}"])
            _add_open_item(change, study, str(item["item_id"]), title, position, said, people, file_name)
        return len(answers) + len(open_answers)


@needs(Role.RESEARCHER)
def take_out_questionnaire(store: Store, person: str, study: Row) -> None:
    """Remove the questionnaire with all its answers. Raises QuestionnaireProblem when answers are coded."""
    with store.change(study["id"], person, "take_out_questionnaire") as change:
        _take_out(change, study["id"])


@needs(Role.RESEARCHER)
def present_questionnaire(store: Store, study_id: str) -> Present | None:
    """What is in the study already, or None."""
    item, answer, source = schema.item, schema.answer, schema.source
    speaker, statement, coding = schema.speaker, schema.statement, schema.coding
    with store.reading() as connection:
        items = rows(connection, select(item).where(item.c.study_id == study_id))
        if not items:
            return None
        given = rows(connection, select(answer.c.expert_id).join(item).where(item.c.study_id == study_id))
        of_study = (source.c.study_id == study_id, source.c.kind == "answer")
        wrote = rows(connection, select(speaker.c.expert_id).join(source).where(*of_study))
        names = connection.scalars(select(source.c.file_name).where(*of_study)).first()

        def count(table: Table) -> int:
            return int(connection.scalar(select(func.count()).select_from(table.join(source)).where(*of_study)) or 0)

        return Present(
            questions=sum(not row["parent_key"] for row in items),
            experts=len({row["expert_id"] for row in [*given, *wrote]}),
            answers=len(given), open_answers=count(statement), codings=count(coding), file_name=names or "",
        )  # fmt: skip


def _add_items(change: Change, study_id: str, items: pd.DataFrame) -> dict[str, str]:
    ids = {key: new_id() for key in items["item_id"]}
    codes = {row["key"] for row in code_rows.codes(change.connection, study_id, archived=True)}
    change.insert(
        schema.item,
        [
            {"id": ids[row["item_id"]], "study_id": study_id, "key": row["item_id"], "parent_key": row["parent_id"],
             "type": row["type"], "label_en": row["label_en"], "label_ru": row["label_ru"], "scale": row["scale"],
             "code_key": row["code_id"] if row["code_id"] in codes else "", "position": row["order"]}
            for row in items.to_dict("records")
        ],
    )  # fmt: skip
    return ids


def _add_open_item(
    change: Change, study: Row, item_id: str, title: str, position: int, said: list[dict[Hashable, Any]],
    people: dict[str, str], file_name: str,
) -> None:  # fmt: skip
    """One source an open item, one turn and one statement an answer; the speaker is the expert's id."""
    source_id, start = new_id(), 0
    turns, statements = [], []
    for index, row in enumerate(said):
        end = start + len(row["text"])
        turns.append({"source_id": source_id, "index": index, "speaker": row["expert_id"], "start": start, "end": end})
        statements.append(
            {"source_id": source_id, "turn": index, "start": start, "end": end,
             "question_key": item_id}
        )  # fmt: skip
        start = end + 1
    change.insert(
        schema.source,
        {"id": source_id, "study_id": study["id"], "key": f"Q-{item_id}", "kind": "answer", "title": title,
         "language": study["language"], "shape": "questionnaire", "clock": "none", "file_name": file_name,
         "text": "\n".join(row["text"] for row in said), "created_at": now(), "position": 1000 + position},
    )  # fmt: skip
    change.insert(schema.turn, turns)
    change.insert(schema.statement, statements)
    speakers = dict.fromkeys(row["expert_id"] for row in said)
    change.insert(
        schema.speaker,
        [
            {"source_id": source_id, "display_name": key, "role": "expert", "expert_id": people[key], "confirmed": True}
            for key in speakers
        ],
    )


def _take_out(change: Change, study_id: str) -> None:
    """Remove the questionnaire that is there, through the log, so that an undo brings it back."""
    connection, source = change.connection, schema.source
    old = [
        row["id"]
        for row in rows(connection, select(source).where(source.c.study_id == study_id, source.c.kind == "answer"))
    ]
    if rows(connection, select(schema.coding).where(schema.coding.c.source_id.in_(old)).limit(1)):
        raise QuestionnaireProblem(
            sentence("The answers in this study have codings; a new questionnaire would lose them. Nothing was stored.")
        )
    statement, decision = schema.statement, schema.quote_decision
    said = [row["id"] for row in rows(connection, select(statement).where(statement.c.source_id.in_(old)))]
    for table, column in ((decision, decision.c.statement_id), (schema.review, schema.review.c.statement_id)):
        change.delete(table, [row["id"] for row in rows(connection, select(table).where(column.in_(said)))])
    for table in (schema.statement, schema.turn, schema.speaker):
        change.delete(table, [row["id"] for row in rows(connection, select(table).where(table.c.source_id.in_(old)))])
    change.delete(source, old)
    items = [row["id"] for row in rows(connection, select(schema.item).where(schema.item.c.study_id == study_id))]
    answers = rows(connection, select(schema.answer).where(schema.answer.c.item_id.in_(items)))
    change.delete(schema.answer, [row["id"] for row in answers])
    change.delete(schema.item, items)
