"""Topics beside the codebook: what they share, what neither has, and a code that is made of a topic.

A code of a topic gets no codings: its statements are kept as a sample, which coders are given and decide on.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from coding.counts import expert_statements, mentions
from coding.frames import Frames
from coding.topics.crosswalk import Likeness, divided, lacking, likeness, spread, without_code
from survey_app.actions.codebook import add_code
from survey_app.actions.may_code import sampled_statements
from survey_app.actions.memos import write_memo
from survey_app.actions.results import Layer, topics_frame
from survey_app.actions.rights import needs
from survey_app.actions.sampling import DRAW, SampleRefused, pool_of
from survey_app.store import samples, schema, studies
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import sentence

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class FoundTopics:
    """The topics of a run as a person has arranged them, and which statement is in which."""

    run: Row
    assigned: pd.DataFrame

    @property
    def topics(self) -> list[Row]:
        """The topics, largest first."""
        return list(self.run["result"]["topics"])

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of sources that the run has read."""
        return tuple(self.run["result"].get("source_kinds") or ("session",))

    @property
    def stamp(self) -> tuple[object, ...]:
        """What changes whenever the topics do, by another run or by hand: a key to keep results under."""
        named = tuple(
            (
                topic["topic"],
                topic["size"],
                topic.get("name_en", ""),
                topic.get("name_ru", ""),
                tuple(topic["words"][:3]),
            )
            for topic in self.topics
        )
        return self.run["id"], named

    def statements_of(self, topic: int) -> set[str]:
        """Ids of the statements in a topic."""
        return set(self.assigned.loc[self.assigned["topic"] == topic, "statement_id"])


@dataclass(frozen=True, slots=True)
class BesideCodes:
    """What topics share with the codes of one layer.

    `coded`: `coding.counts.mentions`; `lacking`: rows of `without_code` that the codebook may lack, `uncoded` the ids
    behind them by topic; `divided`: rows of `spread` that may be two codes. `left_out`: how many statements say nothing
    of the codebook, since their text has no coding of the layer or its coder was given a sample without them.
    """

    coded: pd.DataFrame
    likeness: Likeness
    lacking: pd.DataFrame
    uncoded: dict[int, list[str]]
    divided: pd.DataFrame
    left_out: int


@needs(Role.CODER)
def found_topics(store: Store, study_id: str, run_id: str = "") -> FoundTopics | None:
    """The topics of the newest run unless another one is named, None without a run."""
    run, assigned = topics_frame(store, study_id, run_id)
    return FoundTopics(run, assigned) if run is not None else None


@needs(Role.CODER)
def beside_codes(store: Store, study_id: str, found: FoundTopics, frames: Frames, layer: Layer) -> BesideCodes:
    """Lay topics beside the codings of a layer; `frames` are `frames_of`, so that nothing hidden is counted."""
    coded = mentions(frames, source_kinds=found.kinds, layer=layer.layer, coder_id=layer.coder_id)
    said = expert_statements(frames, found.kinds)
    seen = said[said["statement_id"].isin(_seen(store, study_id, said, coded, layer))]
    bare = lacking(without_code(found.assigned, coded, seen))
    without = seen[~seen["statement_id"].isin(coded["statement_id"])].merge(found.assigned, on="statement_id")
    without = without.sort_values("probability", ascending=False, kind="stable")
    placed = found.assigned.loc[found.assigned["topic"] >= 0, "statement_id"]
    return BesideCodes(
        coded=coded,
        likeness=likeness(found.assigned, coded),
        lacking=bare,
        uncoded={int(each): list(without.loc[without["topic"] == each, "statement_id"]) for each in bare["topic"]},
        divided=divided(spread(found.assigned, coded)),
        left_out=int((said["statement_id"].isin(placed) & ~said["statement_id"].isin(seen["statement_id"])).sum()),
    )


@needs(Role.RESEARCHER)
def code_of_topic(
    store: Store, person: str, study_id: str, coder_id: str, *, found: FoundTopics, topic: int, parent_id: str,
    label_en: str = "", label_ru: str = "", memo: str = "",
) -> int:  # fmt: skip
    """Make a code of a topic, and keep the topic's statements as a sample of that name; returns how many these are.

    Nothing is coded. `memo`, where there is a coder to write it, says where the code comes from. Raises SampleRefused
    where the topics are no longer those that were `found` or hold nothing that can be coded, and CodebookProblem.
    """
    present = found_topics(store, study_id, found.run["id"])
    if present is None or present.stamp != found.stamp:
        raise SampleRefused(sentence("The topics have changed meanwhile. Load the page again."))
    pool = pool_of(store, study_id)
    inside = present.statements_of(topic)
    chosen = [each for each in pool["statement_id"] if each in inside]
    if not chosen:
        raise SampleRefused(sentence("This topic has no statement of a session that could be coded."))
    code_id = add_code(store, person, study_id, parent_id=parent_id, label_en=label_en, label_ru=label_ru)
    if coder_id and memo:
        write_memo(store, person, study_id, coder_id, about="code", about_id=code_id, text=memo)
    about = {"code_id": code_id, "run_id": found.run["id"], "topic": topic}
    _keep_suggestions(store, person, study_id, label_en.strip() or label_ru.strip(), chosen, about)
    return len(chosen)


def _keep_suggestions(store: Store, person: str, study_id: str, name: str, chosen: list[str], about: Row) -> None:
    plan = {
        "size": len(chosen), "by_text": False, "source_ids": None, "precision": None,
        "suggested": about,
    }  # fmt: skip
    with store.change(study_id, person, DRAW) as change:
        taken = {row["name"] for row in samples.samples(change.connection, study_id)}
        sample_id = change.insert(
            schema.sample,
            {"study_id": study_id, "name": _free(name, taken), "seed": 0, "plan": plan, "created_at": now()},
        )[0]  # fmt: skip
        change.insert(schema.sampled, [{"sample_id": sample_id, "statement_id": each} for each in chosen])


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where there is a sample of that name already."""
    wished = name[: LONGEST_NAME - 6]
    return next(each for each in (wished, *(f"{wished} ({n})" for n in range(2, 9999))) if each not in taken)


def _seen(store: Store, study_id: str, said: pd.DataFrame, coded: pd.DataFrame, layer: Layer) -> set[str]:
    """Statements of which no code means that none was given: in texts that the layer has codings in, and of a coder who
    was given a sample, those of the sample."""
    texts = set(said.loc[said["statement_id"].isin(coded["statement_id"]), "source_id"])
    here = said[said["source_id"].isin(texts)]
    seen = set(here["statement_id"])
    if layer.coder_id is None:
        return seen
    with store.reading() as connection:
        coders = {row["key"]: row["id"] for row in studies.coders(connection, study_id)}
        for source_id in texts if layer.coder_id in coders else ():
            given = sampled_statements(connection, study_id, source_id, coders[layer.coder_id])
            if given is not None:
                seen -= set(here.loc[here["source_id"] == source_id, "statement_id"]) - given
    return seen
