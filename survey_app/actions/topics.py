"""Topics of a study: started as a job in the worker, kept in the store when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from coding.topics.arranged import arranged
from coding.topics.arrangement import carried
from coding.topics.embeddings import NAMED_BY_HAND, UnusableModel, choose
from coding.topics.large import needed_megabytes, needed_seconds
from coding.topics.record import fingerprint_of
from coding.topics.result import StatementText
from coding.topics.terms import Wording, wording_of
from survey_app import jobs
from survey_app.actions.arrangements import arrangement_of, keep_arrangement
from survey_app.actions.results import Kept, Stamp, frames_of, stamp_of, waiting_within
from survey_app.actions.rights import needs
from survey_app.actions.topic_guidance import (
    AROUND_DESCRIPTIONS,
    BY_THEMSELVES,
    codes_by_statement,
    descriptions,
    guidance_of,
    guided_by,
)
from survey_app.actions.topic_wording import as_fields, wording_of_run
from survey_app.settings import settings
from survey_app.store import results as result_rows
from survey_app.store import schema
from survey_app.store.log import Change, Row, Store
from survey_app.store.team import Role

FIT = "coding.topics.job:fit"
SESSIONS = ("session",)
SESSIONS_AND_ANSWERS = ("session", "answer")

LOOKED_AT = 2_000
"""Most statements that are looked at to tell the language of a study, spread over all of it."""

_DATA: Kept[tuple[Stamp, tuple[str, ...]], str] = Kept(8)


def job_key(study: Row) -> str:
    """The name under which the study's topic job is found again after a reload."""
    return f"topics-{study['id']}"


@needs(Role.RESEARCHER)
def what_experts_said(store: Store, study: Row, kinds: tuple[str, ...] = SESSIONS) -> pd.DataFrame:
    """The statements that topics are looked for in, STATEMENTS contract: experts' only, never the moderator's."""
    statements = frames_of(store, study["id"]).statements
    return statements[(statements["role"] == "expert") & statements["source_kind"].isin(kinds)]


@needs(Role.RESEARCHER)
def codes_in_use(store: Store, study: Row) -> int:
    """How many codes coders have given, as far as the one who acts may see it."""
    return int(frames_of(store, study["id"]).codings["code_id"].nunique())


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run needs about: memory in MB, and seconds."""

    megabytes: int
    seconds: float


@needs(Role.RESEARCHER)
def cost_of_run(store: Store, study: Row, statements: int) -> Cost:
    """What topics of so many statements would need with the model that suits the language of the study."""
    key = (stamp_of(store, study["id"]), (settings().model, "model"))
    model = _DATA.get(key, lambda: _suitable_model(what_experts_said(store, study)["text"].tolist()))
    return Cost(needed_megabytes(statements, model), needed_seconds(statements, model, fresh=not jobs.warm(FIT)))


@needs(Role.RESEARCHER)
def start_topics(
    store: Store, person: str, study: Row, *, model: str | None = None, seed: int = 0, n_topics: int | None = None,
    with_answers: bool = False, guidance: str = BY_THEMSELVES,
) -> None:  # fmt: skip
    """Send what experts said to the worker; returns at once."""
    kinds = SESSIONS_AND_ANSWERS if with_answers else SESSIONS
    sent = payload(store, study, model=model, seed=seed, n_topics=n_topics, kinds=kinds, guidance=guidance)
    _send(store, person, study, sent, kinds)


@needs(Role.RESEARCHER)
def run_again(store: Store, person: str, study: Row, run: Row) -> None:
    """Start a run with the settings of an earlier one: with the same data it gives the same. Returns at once."""
    result = run["result"]
    kept, kinds = result.get("record") or {}, tuple(result.get("source_kinds") or SESSIONS)
    sent = payload(
        store, study, model=_wished_model(run), seed=run["seed"], n_topics=kept.get("n_topics"),
        kinds=kinds, words=wording_of(kept["words"]) if "words" in kept else None, codes=kept.get("codes"),
        guidance=guidance_of(kept),
    )  # fmt: skip
    _send(store, person, study, sent, kinds)


@needs(Role.RESEARCHER)
def payload(
    store: Store, study: Row, *, model: str | None = None, seed: int = 0, n_topics: int | None = None,
    kinds: tuple[str, ...] = SESSIONS, words: Wording | None = None, codes: int | None = None,
    guidance: str = BY_THEMSELVES,
) -> dict[str, Any]:  # fmt: skip
    """What the worker gets: plain data. `model`: a name, "" for what suits the language, None for that of the settings.
    Names of the study's people name no topic; `words` None: as the study has chosen, `codes` None: as many as are in
    use. `guidance`: around what topics grow."""
    guided = guidance != BY_THEMSELVES
    return {
        "statements": [
            {"id": each.id, "text": each.text, "expert": each.expert, "group": each.group, "codes": list(each.codes)}
            for each in _texts(store, study, kinds, guided=guided)
        ],
        "guided": guided,
        "seed_topics": descriptions(store, study) if guidance == AROUND_DESCRIPTIONS else {},
        "words": as_fields(words or wording_of_run(store, study["id"])),
        "codes": codes_in_use(store, study) if codes is None else codes,
        "model": (settings().model if model is None else model) or None, "seed": seed, "n_topics": n_topics,
        "cache_folder": str(settings().data_folder),
    }  # fmt: skip


@needs(Role.RESEARCHER)
def keep_topics(
    store: Store, person: str, study_id: str, seed: int, result: dict[str, Any], kinds: tuple[str, ...] = SESSIONS,
    guided: Sequence[Sequence[str]] = (),
) -> str:  # fmt: skip
    """Store a finished run, which kinds of sources it has read and by which codings it was `guided` (`guided_by`);
    returns its id. Names that topics of the run before bear go over to those that are the same."""
    with store.change(study_id, person, "fit_topics") as change:
        before = result_rows.last_topic_run(change.connection, study_id)
        kept = result | {"source_kinds": list(kinds), "guided_by": [list(each) for each in guided]}
        run_id = change.insert(
            schema.topic_run,
            {"study_id": study_id, "created_at": datetime.now(UTC).isoformat(timespec="microseconds"),
             "model": result["model"], "seed": seed, "n": result["n"], "result": kept},
        )[0]  # fmt: skip
        if before is not None:
            _carry_names(change, study_id, before, run_id, kept)
    return run_id


@needs(Role.CODER)
def topic_runs(store: Store, study_id: str) -> list[Row]:
    """The study's runs, newest first, without their results but with the number of `topics` of each; those alone that
    the one who acts may read (`survey_app.actions.results.waiting_within`)."""
    with store.reading() as connection:
        waiting = waiting_within(connection, store, study_id)
        return [row for row in result_rows.topic_runs(connection, study_id) if row["id"] not in waiting]


@needs(Role.RESEARCHER)
def same_data(store: Store, study: Row, run: Row) -> bool | None:
    """Whether a run would read now what it has read; None where an earlier version has kept no record of it."""
    recorded = (run["result"].get("record") or {}).get("data")
    if not recorded:
        return None
    kinds = tuple(run["result"].get("source_kinds") or SESSIONS)
    guided = bool(run["result"]["record"].get("guided"))
    key = (stamp_of(store, study["id"]), (*kinds, str(guided)))
    return bool(_DATA.get(key, lambda: fingerprint_of(_texts(store, study, kinds, guided=guided))) == recorded)


def _suitable_model(texts: list[str]) -> str:
    """Its name, told from some of the texts; "" where there is none."""
    try:
        return choose(texts[:: 1 + len(texts) // LOOKED_AT], settings().model or None).name
    except UnusableModel:
        return ""


def _send(store: Store, person: str, study: Row, sent: dict[str, Any], kinds: tuple[str, ...]) -> None:
    guided = guided_by(store, study["id"]) if sent["guided"] else []
    jobs.submit(
        FIT, sent, key=job_key(study),
        on_done=lambda result: keep_topics(store, person, study["id"], sent["seed"], result, kinds, guided),
    )  # fmt: skip


def _wished_model(run: Row) -> str:
    """The model that was asked for, "" where it was left to the language. What an earlier version has kept does not say
    it but in a notice."""
    record = run["result"].get("record") or {}
    if "wished_model" in record:
        return str(record["wished_model"])
    named = any(notice["template"] == NAMED_BY_HAND for notice in run["result"].get("notices", []))
    return str(run["model"]) if named else ""


def _texts(store: Store, study: Row, kinds: tuple[str, ...], *, guided: bool) -> list[StatementText]:
    said = what_experts_said(store, study, kinds)
    groups = frames_of(store, study["id"]).experts.set_index("expert_id")["group_id"]
    codes = codes_by_statement(store, study["id"]) if guided else {}
    return [
        StatementText(
            str(row.statement_id), str(row.text), str(groups.get(row.expert_id, "")), str(row.expert_id),
            codes.get(str(row.statement_id), ()),
        )
        for row in said.itertuples()
    ]  # fmt: skip


def _carry_names(change: Change, study_id: str, before: Row, run_id: str, result: dict[str, Any]) -> None:
    arrangement = arrangement_of(change.connection, before)
    if arrangement.names:
        new = carried(arranged(before["result"], arrangement), arrangement, result)
        if new.names:
            keep_arrangement(change, study_id, run_id, new)
