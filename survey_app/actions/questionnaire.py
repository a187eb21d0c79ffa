"""Store a questionnaire whose columns a person has confirmed; open answers become statements of their own kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Table, func, select

from survey_app.actions.following import HANGING
from survey_app.actions.form_links import ORIGINS
from survey_app.actions.instruments import FIRST, QuestionnaireProblem, Values, Words, put_instrument, put_items
from survey_app.actions.responses import Filled, add_responses
from survey_app.actions.rights import needs
from survey_app.questionnaires.survey import FilledIn
from survey_app.questionnaires.wording import plain_key
from survey_app.store import experts as expert_rows
from survey_app.store import form_links, instruments, schema
from survey_app.store.answers import Packed, pack
from survey_app.store.log import Change, Row, Store, rows
from survey_app.store.team import Role
from transcripts.messages import sentence

__all__ = [
    "Present", "QuestionnaireProblem", "import_questionnaire", "like_questionnaire", "present_questionnaire",
    "present_questionnaires", "take_out_questionnaire", "wordings",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Present:
    """What a study has of a questionnaire: questions, how many experts answered, answers, open answers and codings;
    `asks` are the wordings of all items, `links` those that lead to it, `drafts` those with something unsent."""

    questions: int
    experts: int
    answers: int
    open_answers: int
    codings: int
    file_name: str
    key: str = ""
    title_en: str = ""
    title_ru: str = ""
    origin: str = "import"
    asks: frozenset[str] = frozenset()
    links: int = 0
    drafts: int = 0

    @property
    def filled_in_here(self) -> bool:
        """Whether experts fill it in by links: a file can add to it, and never replace it."""
        return self.origin in ORIGINS


@needs(Role.RESEARCHER)
def import_questionnaire(
    store: Store, person: str, study: Row, items: pd.DataFrame, answers: pd.DataFrame, open_answers: pd.DataFrame,
    *, file_name: str = "", key: str = FIRST, title: Words = ("", ""), version: str = "",
    definition: Mapping[str, Any] | None = None, filled: Iterable[FilledIn] = (), adding: bool = False,
) -> int:  # fmt: skip
    """Store items (ITEMS contract), answers (ANSWERS contract) and open answers (expert_id, item_id, text).

    Replaces the questionnaire of that key, unless its answers have been coded already or it is filled in here; with
    `adding` it stays, and experts are added to it: what was coded keeps its place, and of an expert who is there
    already the new answers count, unless researchers have worked with open answers that would change. `filled` says
    where and when each answered. Returns the answers stored, open ones included. Raises QuestionnaireProblem, with
    nothing stored.
    """
    with store.change(study["id"], person, "import_questionnaire") as change:
        people = {row["key"]: row["id"] for row in expert_rows.experts(change.connection, study["id"])}
        strangers = sorted({*answers["expert_id"].unique(), *open_answers["expert_id"].unique()} - set(people))
        if strangers:
            raise QuestionnaireProblem(
                sentence("Answers of people who are not on the roster: {names}.", names=", ".join(strangers))
            )
        instrument = put_instrument(
            change, study["id"], key, title=title, version=version, definition=definition
        )  # fmt: skip
        if not adding:
            _need_replaceable(instrument)
            _take_out(change, study["id"], instrument)
        keys, values = put_items(change, study["id"], instrument, items)
        closed = _by_expert(answers, keys, values)
        said: dict[str, dict[str, str]] = {}
        for expert_id, item_id, text in open_answers[["expert_id", "item_id", "text"]].itertuples(index=False):
            said.setdefault(expert_id, {})[keys[item_id]] = text
        told = {each.expert_id: each for each in filled}
        names = dict.fromkeys([*told, *closed, *said])
        coming = [
            Filled(people[name], name, closed.get(name, {}), said.get(name, {}), *_where(told.get(name)))
            for name in names if name in closed or name in said
        ]  # fmt: skip
        add_responses(change, study, instrument, coming, file_name=file_name)
        return len(answers) + len(open_answers)


@needs(Role.RESEARCHER)
def take_out_questionnaire(
    store: Store, person: str, study: Row, key: str | None = None, *, links: bool = False
) -> None:  # fmt: skip
    """Remove a questionnaire with all its answers; without a `key` every one of the study. Raises QuestionnaireProblem
    when answers are coded, and where links are open or drafts unsent, which are lost with it, unless `links`."""
    with store.change(study["id"], person, "take_out_questionnaire") as change:
        for row in instruments.instruments(change.connection, study["id"]):
            if key in {None, row["key"]}:
                if not links:
                    _need_no_links(change, row)
                _take_out(change, study["id"], row)
                change.delete(schema.instrument, row["id"])


@needs(Role.RESEARCHER)
def present_questionnaires(store: Store, study_id: str) -> tuple[Present, ...]:
    """Every questionnaire of the study that has questions, in order."""
    with store.reading() as connection:
        items = instruments.items(connection, study_id)
        heads = instruments.response_heads(connection, study_id)
        texts = _open_answers(connection, study_id)
        counts = _closed_answers(connection, study_id)
        found = []
        for row in instruments.instruments(connection, study_id):
            own = [item for item in items if item["instrument_id"] == row["id"]]
            here = [texts[key] for item in own if (key := instruments.source_key(item["key"])) in texts]
            answered = [head for head in heads if head["instrument_id"] == row["id"]]
            if own:
                links, drafts = form_links.count_open(connection, row["id"])
                names = [text["file_name"] for text in here] + [head["file_name"] for head in answered]
                found.append(
                    Present(
                        questions=sum(not item["parent_key"] for item in own), experts=len(answered),
                        answers=counts.get(row["id"], 0), open_answers=sum(text["statements"] for text in here),
                        codings=sum(text["codings"] for text in here), file_name=next(filter(None, names), ""),
                        key=row["key"], title_en=row["title_en"], title_ru=row["title_ru"], origin=row["origin"],
                        asks=wordings(own), links=links, drafts=drafts,
                    )
                )  # fmt: skip
    return tuple(found)


@needs(Role.RESEARCHER)
def present_questionnaire(store: Store, study_id: str, key: str | None = None) -> Present | None:
    """What is in the study already of the questionnaire of that key, or of all; None where there is nothing."""
    found = [each for each in present_questionnaires(store, study_id) if key in {None, each.key}]
    if len(found) < 2:
        return found[0] if found else None
    with store.reading() as connection:
        experts = len({row["expert_id"] for row in instruments.response_heads(connection, study_id)})
    return Present(
        questions=sum(each.questions for each in found), experts=experts,
        answers=sum(each.answers for each in found), open_answers=sum(each.open_answers for each in found),
        codings=sum(each.codings for each in found), file_name=found[0].file_name,
    )  # fmt: skip


def wordings(items: Iterable[Mapping[Any, Any]]) -> frozenset[str]:
    """What items ask, as it is compared between a file and a questionnaire."""
    return frozenset(plain_key(str(item["label_en"] or item["label_ru"])) for item in items)


def like_questionnaire(present: Iterable[Present], file_name: str, asks: frozenset[str]) -> str:
    """The key of the questionnaire that came from a file that asks the same, or from one of that name that asks some of
    it; "" for none, and never one that experts fill in here."""
    for each in present:
        same_name = each.file_name == file_name and bool(each.asks & asks)
        if not each.filled_in_here and (each.asks == asks or same_name):
            return each.key
    return ""


def _need_replaceable(instrument: Row) -> None:
    if instrument["origin"] in ORIGINS:
        raise QuestionnaireProblem(
            sentence(
                "Experts fill this questionnaire in here, so a file cannot replace it. Nothing was stored: add "
                "the respondents of the file to it, or store the file as a questionnaire of its own."
            )
        )


def _need_no_links(change: Change, instrument: Row) -> None:
    if any(form_links.count_open(change.connection, instrument["id"])):
        raise QuestionnaireProblem(
            sentence(
                "Experts have links to this questionnaire, or answers that they have not sent yet; both would be lost "
                "for good. Nothing was taken out: say first that they may go."
            )
        )


def _where(told: FilledIn | None) -> tuple[int, str, str]:
    return (told.row, told.at, told.language) if told else (0, "", "")


def _by_expert(answers: pd.DataFrame, keys: Mapping[str, str], values: Values) -> dict[str, dict[str, Packed]]:
    """Closed answers as they are stored, by expert and key of the item; numbers alone need no look at each."""
    numbers = answers["value"].to_numpy(dtype=float, na_value=np.nan)
    for item_id, moved in values.items():
        mine = (answers["item_id"] == item_id).to_numpy()
        numbers = np.where(mine, [moved.get(each, each) for each in numbers], numbers)
    codes, different = pd.factorize(numbers, use_na_sentinel=False)
    plain = [int(number) if number % 1 == 0 else number for number in different.tolist()]
    packed: list[Packed] = np.array(plain, dtype=object)[codes].tolist()
    flagged = answers["cannot_say"].to_numpy(dtype=bool) | answers["unfit"].to_numpy(dtype=bool) | np.isnan(numbers)
    more = np.flatnonzero(flagged | (answers["text"] != "").to_numpy() | (answers["raw"] != "").to_numpy()).tolist()
    flags = answers[["cannot_say", "unfit"]].to_numpy(dtype=bool)[more]
    told = [*(answers[name].iloc[more].to_numpy(dtype=object).tolist() for name in ("text", "raw")), *flags.T.tolist()]
    alike: dict[tuple[Any, ...], Packed] = {}
    for place, said in zip(more, zip(codes[more].tolist(), *told, strict=True), strict=True):
        if said not in alike:
            _code, text, raw, cannot_say, unfit = said
            alike[said] = pack(numbers[place], text, cannot_say=cannot_say, unfit=unfit, raw=raw)
        packed[place] = alike[said]
    experts, names = answers["expert_id"].factorize()
    items, item_ids = answers["item_id"].factorize()
    item_keys = np.array([keys[str(item_id)] for item_id in item_ids.tolist()], dtype=object)
    in_turn = np.argsort(experts, kind="stable")
    pairs = zip(item_keys[items[in_turn]].tolist(), map(packed.__getitem__, in_turn.tolist()), strict=True)
    counts = np.bincount(experts, minlength=len(names)).tolist()
    return {name: dict(islice(pairs, count)) for name, count in zip(names.tolist(), counts, strict=True)}


def _open_answers(connection: Any, study_id: str) -> dict[str, Row]:
    """The texts of open answers by their key, each with its statements and codings counted."""
    source = schema.source

    def count(table: Table) -> Any:
        return select(func.count()).where(table.c.source_id == source.c.id).scalar_subquery()

    query = select(
        source.c.key, source.c.file_name, count(schema.statement).label("statements"),
        count(schema.coding).label("codings"),
    ).where(source.c.study_id == study_id, source.c.kind == "answer")  # fmt: skip
    return {row["key"]: row for row in rows(connection, query)}


def _closed_answers(connection: Any, study_id: str) -> dict[str, int]:
    table = schema.response
    found: dict[str, int] = {}
    for instrument_id, answers in connection.execute(
        select(table.c.instrument_id, table.c.answers).where(table.c.study_id == study_id)
    ):
        found[instrument_id] = found.get(instrument_id, 0) + len(answers)
    return found


def _take_out(change: Change, study_id: str, instrument: Row) -> None:
    """Remove what there is of a questionnaire, through the log, so that an undo brings it back."""
    connection = change.connection
    items = instruments.items(connection, study_id, instrument["id"])
    texts = instruments.open_sources(connection, study_id, [row["key"] for row in items])
    old = [row["id"] for row in texts.values()]
    if rows(connection, select(schema.coding.c.id).where(schema.coding.c.source_id.in_(old)).limit(1)):
        raise QuestionnaireProblem(
            sentence("The answers in this study have codings; a new questionnaire would lose them. Nothing was stored.")
        )
    statement = schema.statement
    said = select(statement.c.id).where(statement.c.source_id.in_(old))
    for table in HANGING:
        change.delete(table, list(connection.scalars(select(table.c.id).where(table.c.statement_id.in_(said)))))
    for table in (statement, schema.turn, schema.speaker):
        change.delete(table, list(connection.scalars(select(table.c.id).where(table.c.source_id.in_(old)))))
    change.delete(schema.source, old)
    response = schema.response
    answered = select(response.c.id).where(response.c.instrument_id == instrument["id"])
    change.delete(response, list(connection.scalars(answered)))
    change.delete(schema.item, [row["id"] for row in items])
