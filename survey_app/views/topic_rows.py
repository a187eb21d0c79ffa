"""Topics of a run as the charts of topics need them: their names, and who said what in them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from coding.counts import expert_statements
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.language import label

WORDS_IN_NAME = 3
KINDS = ("session", "answer")
"""Kinds of sources that a run may have read."""

Topic = Mapping[str, Any]
"""A topic of a run's result: topic, size, words, representative, and as newer runs have them leaves and names."""


def topic_name(topic: Topic) -> str:
    """What a person called it, else its first words: no model can name it."""
    return label(topic, "name") or ", ".join(topic["words"][:WORDS_IN_NAME]) or f"{topic['topic'] + 1}"


def named_topics(topics: Sequence[Topic]) -> pd.DataFrame:
    """One row a topic in the order of the run: topic, position, name_en, name_ru (by its words where it has none)."""
    rows = []
    for position, topic in enumerate(topics):
        words = ", ".join(topic["words"][:WORDS_IN_NAME]) or f"{topic['topic'] + 1}"
        english, russian = str(topic.get("name_en") or ""), str(topic.get("name_ru") or "")
        rows.append((int(topic["topic"]), position, english or russian or words, russian or english or words))
    return pd.DataFrame(rows, columns=["topic", "position", "name_en", "name_ru"])


def said_in_topics(
    topics: Sequence[Topic], assigned: pd.DataFrame, frames: Frames, segmentation: Segmentation
) -> pd.DataFrame:
    """One row a statement of an expert that is in one of the topics: statement_id, topic, probability, expert_id,
    segment ("" where the group is in none), source_id, source_kind, order, start_s. Nobody's words.
    """
    known = [int(topic["topic"]) for topic in topics]
    here = assigned.loc[assigned["topic"].isin(known), ["statement_id", "topic", "probability"]]
    columns = ["statement_id", "expert_id", "source_id", "source_kind", "order", "start_s"]
    said = here.merge(expert_statements(frames, KINDS)[columns], on="statement_id")
    said["segment"] = said["expert_id"].map(segment_of(frames.experts, segmentation)).fillna("")
    return said


def counted(said: pd.DataFrame, names: pd.DataFrame, segments: pd.DataFrame, sizes: Mapping[str, int]) -> pd.DataFrame:
    """Topics by segments, k of n experts and statements, zeros included; `sizes` are the experts of each segment."""
    every = pd.concat([said, said.assign(segment=ALL)])
    found = every.groupby(["topic", "segment"]).agg(k=("expert_id", "nunique"), statements=("statement_id", "nunique"))
    pairs = pd.MultiIndex.from_product([names["topic"], segments["segment"]], names=["topic", "segment"])
    rows = found.reindex(pairs, fill_value=0).astype("int64").reset_index()
    rows["n"] = [int(sizes.get(segment, 0)) for segment in rows["segment"]]
    rows = rows.merge(names.rename(columns={"position": "rank"}), on="topic").merge(segments, on="segment")
    return rows.sort_values(["rank", "position"], kind="stable", ignore_index=True)
