"""Which words of a study may name a topic: kept with the study, and what is proposed to be left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from coding.topics.terms import LONGEST_PHRASE, Wording
from survey_app import jobs
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.store import experts as expert_rows
from survey_app.store import schema, sources
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role

MODERATORS = "coding.topics.words_job:moderators"
FREQUENT = "coding.topics.words_job:frequent"
CHOICE = "topic_words"
"""Under which a study's choices keep it."""

MOST_WORDS, LONGEST, MOST_EXPERTS = 500, 80, 20


@needs(Role.CODER)
def topic_wording(store: Store, study_id: str) -> Wording:
    """What the study has chosen; names of people are always left out and are not part of it."""
    with store.reading() as connection:
        return _kept(fetch(connection, schema.study, study_id))


@needs(Role.RESEARCHER)
def keep_topic_wording(
    store: Store, person: str, study_id: str, *, stop_words: Iterable[str] | None = None,
    joined: Iterable[str] | None = None, left_out: Iterable[str] | None = None, phrases: int | None = None,
    fewest_experts: int | None = None,
) -> None:  # fmt: skip
    """Change what is given and leave the rest. Words lose idle white space, each is kept once; long ones are cut."""
    lists = {"stop_words": stop_words, "joined": joined, "left_out": left_out}
    new: dict[str, Any] = {name: _words(some) for name, some in lists.items() if some is not None}
    if phrases is not None:
        new["phrases"] = min(max(1, phrases), LONGEST_PHRASE)
    if fewest_experts is not None:
        new["fewest_experts"] = min(max(1, fewest_experts), MOST_EXPERTS)
    with store.change(study_id, person, "choose_topic_words") as change:
        row = fetch(change.connection, schema.study, study_id)
        kept = as_fields(replace(_kept(row), **new))
        del kept["people"]
        if kept != (row["choices"] or {}).get(CHOICE):
            change.update(schema.study, study_id, choices=dict(row["choices"]) | {CHOICE: kept})


@needs(Role.RESEARCHER)
def wording_of_run(store: Store, study_id: str) -> Wording:
    """What a run gets: the study's choice, and the names of everybody in it."""
    with store.reading() as connection:
        return replace(_kept(fetch(connection, schema.study, study_id)), people=tuple(_people(connection, study_id)))


def words_key(study: Row) -> str:
    """The name under which the proposals of a study are found again."""
    return f"topic-words-{study['id']}"


@needs(Role.RESEARCHER)
def propose_words(store: Store, study: Row) -> None:
    """Look for words that moderators say much more often than experts; returns at once."""
    spoken = frames_of(store, study["id"]).statements
    spoken = spoken[spoken["source_kind"] == "session"]
    sides = {
        name: spoken.loc[spoken["role"] == role, "text"].tolist()
        for name, role in (("moderator", "moderator"), ("experts", "expert"))
    }
    words = Wording(phrases=2, people=wording_of_run(store, study["id"]).people)
    jobs.submit(MODERATORS, sides | {"words": as_fields(words)}, key=words_key(study))


def frequent_key(study: Row, statements: int) -> str:
    """The name under which the counted words of a study with so many statements are found again."""
    return f"topic-frequent-{study['id']}-{statements}"


@needs(Role.RESEARCHER)
def count_words(store: Store, study: Row) -> str:
    """Count which words several experts say, for a study with too little for topics; returns the job's key at once."""
    statements = frames_of(store, study["id"]).statements
    said = statements[(statements["role"] == "expert") & statements["source_kind"].isin(["session", "answer"])]
    key = frequent_key(study, len(said))
    if jobs.state(key).status == "none":
        words = as_fields(wording_of_run(store, study["id"]))
        each = [{"text": row.text, "expert": row.expert_id} for row in said.itertuples()]
        jobs.submit(FREQUENT, {"statements": each, "words": words}, key=key)
    return key


def as_fields(wording: Wording) -> dict[str, Any]:
    """A Wording as JSON can hold it."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(wording).items()}


def _kept(study: Row) -> Wording:
    kept: dict[str, Any] = (study["choices"] or {}).get(CHOICE) or {}
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return Wording(**fields)


def _people(connection: Connection, study_id: str) -> list[str]:
    """Names of everybody in the study, as the roster and the screens have them."""
    roster = expert_rows.experts(connection, study_id)
    names = {name for expert in roster for name in (expert["name"], *expert["other_names"])}
    names.update(expert_rows.other_people(connection, study_id))
    names.update(each["display_name"] for each in sources.speakers(connection, study_id))
    return sorted(name for name in names if name)


def _words(some: Iterable[str]) -> tuple[str, ...]:
    plain = (" ".join(word.split())[:LONGEST] for word in some)
    return tuple(dict.fromkeys(word for word in plain if word))[:MOST_WORDS]
