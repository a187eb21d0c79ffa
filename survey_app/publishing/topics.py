"""Topics as a release shows them: who speaks of which, and their words. Never a map or a line of single statements."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from coding.counts import expert_statements
from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.language import _, ngettext
from survey_app.publishing.cells import Rule, topic_cells
from survey_app.publishing.questionnaire import as_table
from survey_app.views import topic_groups, topic_words
from survey_app.views.segment_names import records
from survey_app.views.topic_rows import KINDS, topic_name

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class ReleasedTopics:
    """Topics that a person has decided to publish: a run's result with its topics, and which statement is in which."""

    result: Mapping[str, Any]
    assigned: pd.DataFrame


def publishable(frames: Frames, found: ReleasedTopics, fewest: int) -> list[dict[str, Any]]:
    """The topics that at least `fewest` experts speak of, with the words that as many say in just this form.

    A word that one or two people use could tell who they are, like a quote that nobody has released.
    """
    said = expert_statements(frames, KINDS)
    speakers = found.assigned.merge(said[["statement_id", "expert_id"]], on="statement_id")
    people = speakers.groupby("topic")["expert_id"].nunique()
    common = _common(said, fewest)
    return [
        {**topic, "words": [word for word in topic["words"] if _folded(word) in common]}
        for topic in found.result["topics"]
        if people.get(topic["topic"], 0) >= fewest
    ]


def told_apart(
    frames: Frames, segmentations: Sequence[Segmentation], found: ReleasedTopics | None, fewest: int
) -> bool:
    """Whether topics may be told by segments: no cell of theirs is one that the rule of codes would hide."""
    listed = [int(topic["topic"]) for topic in publishable(frames, found, fewest)] if found else []
    if found is None or not listed:
        return False
    cells = topic_cells(frames, segmentations, found.assigned, listed, source_kinds=KINDS, rule=Rule(fewest))
    return bool(cells["shown"].all())


def topics(
    frames: Frames, segmentations: Sequence[Segmentation], found: ReleasedTopics | None, fewest: int
) -> dict[str, Any] | None:
    """Topics by segments of each segmentation, and the words of each; None where nothing of them may be shown."""
    listed = publishable(frames, found, fewest) if found else []
    if found is None or not listed:
        return None
    return {
        "title": topic_groups.title(), "reading": topic_groups.reading(),
        "names": [[str(topic["topic"]), topic_name(topic)] for topic in listed],
        "by": [
            {"segmentation": each.key, "finding": topic_groups.finding(rows),
             "table": as_table(topic_groups.table(rows)),
             "cells": [
                 [str(row["topic"]), row["segment"], int(row["k"]), int(row["n"])] for row in records(rows)
             ]}
            for each in segmentations
            for rows in [topic_groups.prepare(listed, found.assigned, frames, each)]
        ],
        "words": _words(listed, found.result.get("leaves")),
    }  # fmt: skip


def about_topics(found: ReleasedTopics, fewest: int) -> dict[str, Any]:
    """How topics came about, for the note on methods."""
    result = found.result
    text = ngettext(
        "A model sorted what experts said by likeness (vectors: {model}; seed {seed}). Topics are its proposal, not "
        "codings. Only topics that at least {count} expert speaks of are shown, and words that as many say.",
        "A model sorted what experts said by likeness (vectors: {model}; seed {seed}). Topics are its proposal, not "
        "codings. Only topics that at least {count} experts speak of are shown, and words that as many say.",
        fewest, model=result["model"], seed=result["seed"],
    )  # fmt: skip
    return {"head": _("Topics"), "paragraphs": [text]}


def _words(listed: Sequence[dict[str, Any]], leaves: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A panel a topic; None for a run that has kept no counts of words."""
    if not topic_words.counts_known(leaves):
        return None
    rows = topic_words.prepare(listed, leaves)
    panels = []
    for topic in listed:
        number = int(topic["topic"])
        mine = [row for row in records(rows[rows["topic"] == number]) if not pd.isna(row["here"])]
        if mine:
            panels.append(
                {"key": f"topic-{number}", "name": topic_name(topic),
                 "finding": topic_words.finding(rows, topic=number),
                 "rows": [[row["word"], int(row["here"]), int(row["everywhere"])] for row in mine],
                 "table": as_table(topic_words.table(rows, topic=number))}
            )  # fmt: skip
    return {"title": topic_words.title(), "reading": topic_words.reading(), "panels": panels} if panels else None


def _common(said: pd.DataFrame, fewest: int) -> set[str]:
    """Words and phrases of two and three words, as written, that at least `fewest` experts say."""
    people: dict[str, set[str]] = {}
    for text, expert in zip(said["text"], said["expert_id"], strict=True):
        words = _WORD.findall(_folded(text))
        for length in (1, 2, 3):
            for start in range(len(words) - length + 1):
                people.setdefault(" ".join(words[start : start + length]), set()).add(expert)
    return {word for word, experts in people.items() if len(experts) >= fewest}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
