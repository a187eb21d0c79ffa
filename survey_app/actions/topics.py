"""Topics of a study: started as a job in the worker, kept in the store when it is done."""

import re
from typing import Any

import pandas as pd

from survey_app import jobs
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.settings import settings
from survey_app.store import experts as expert_rows
from survey_app.store import schema, sources
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role

FIT = "coding.topics.job:fit"
_WORD = re.compile(r"[^\W\d_]{2,}")
SESSIONS = ("session",)
SESSIONS_AND_ANSWERS = ("session", "answer")


def job_key(study: Row) -> str:
    """The name under which the study's topic job is found again after a reload."""
    return f"topics-{study['id']}"


@needs(Role.RESEARCHER)
def what_experts_said(store: Store, study: Row, kinds: tuple[str, ...] = SESSIONS) -> pd.DataFrame:
    """The statements that topics are looked for in, STATEMENTS contract: experts' only, never the moderator's."""
    statements = frames_of(store, study["id"]).statements
    return statements[(statements["role"] == "expert") & statements["source_kind"].isin(kinds)]


@needs(Role.RESEARCHER)
def start_topics(
    store: Store, person: str, study: Row, *, model: str = "", seed: int = 0, n_topics: int | None = None,
    with_answers: bool = False,
) -> None:  # fmt: skip
    """Send what experts said to the worker; returns at once."""
    kinds = SESSIONS_AND_ANSWERS if with_answers else SESSIONS
    jobs.submit(
        FIT,
        payload(store, study, model=model, seed=seed, n_topics=n_topics, kinds=kinds),
        key=job_key(study),
        on_done=lambda result: keep_topics(store, person, study["id"], seed, result, kinds),
    )


@needs(Role.RESEARCHER)
def payload(
    store: Store, study: Row, *, model: str = "", seed: int = 0, n_topics: int | None = None,
    kinds: tuple[str, ...] = SESSIONS,
) -> dict[str, Any]:  # fmt: skip
    """What the worker gets: plain data. Names of the study's people are passed as words that shall name no topic."""
    said = what_experts_said(store, study, kinds)
    groups = frames_of(store, study["id"]).experts.set_index("expert_id")["group_id"]
    return {
        "statements": [
            {"id": row.statement_id, "text": row.text, "expert": row.expert_id,
             "group": str(groups.get(row.expert_id, ""))}
            for row in said.itertuples()
        ],
        "stop_words": _words_of_names(store, study, said["text"]),
        "model": model or settings().model or None, "seed": seed, "n_topics": n_topics,
        "cache_folder": str(settings().data_folder),
    }  # fmt: skip


@needs(Role.RESEARCHER)
def keep_topics(
    store: Store, person: str, study_id: str, seed: int, result: dict[str, Any], kinds: tuple[str, ...] = SESSIONS
) -> str:
    """Store a finished run, and which kinds of sources it has read; returns its id."""
    with store.change(study_id, person, "fit_topics") as change:
        return change.insert(
            schema.topic_run,
            {"study_id": study_id, "created_at": now(), "model": result["model"], "seed": seed, "n": result["n"],
             "result": result | {"source_kinds": list(kinds)}},
        )[0]  # fmt: skip


def _words_of_names(store: Store, study: Row, texts: pd.Series) -> list[str]:
    """Words of people's names, but not those that are also said as ordinary words, in small letters."""
    with store.reading() as connection:
        roster = expert_rows.experts(connection, study["id"])
        others = expert_rows.other_people(connection, study["id"])
        speakers = sources.speakers(connection, study["id"])
    names = [name for expert in roster for name in (expert["name"], *expert["other_names"])]
    names += [*others, *(each["display_name"] for each in speakers if each["role"] != "expert")]
    said = {word for text in texts for word in _WORD.findall(text)}
    return sorted({word for name in names for word in _WORD.findall(name) if word.lower() not in said})
