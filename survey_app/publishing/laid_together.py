"""Quotes and answers of several versions: what they tell of a speaker or of an answer when they are laid together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from coding.frames import Frames
from coding.remembered import Remembered
from coding.segments import Segmentation, segment_of
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.questionnaire import told_lines
from survey_app.publishing.quotes import numbered_quotes
from survey_app.publishing.released_cells import as_data, hidden_in
from survey_app.publishing.segments import admitted, seen_alone
from transcripts.messages import Message, counted

Told = Mapping[str, Mapping[str, str]]
"""By statement the segment that is told of its quote, by grouping."""
Answered = Mapping[str, Sequence[frozenset[str]]]
"""By line of the questionnaire the sets of experts whose answers are counted together."""
_ANSWERED = Remembered[dict[str, list[list[str]]]](16)


def told_of_quotes(
    frames: Frames, segmentations: Sequence[Segmentation], cells: pd.DataFrame, quotes: Sequence[ReleasedQuote],
    fewest: int,
) -> dict[str, dict[str, str]]:  # fmt: skip
    """What a version tells of who said its quotes."""
    shown = [admitted(frames.experts, each) for each in segmentations]
    hidden = hidden_in(as_data(cells, shown))
    numbered, numbers = numbered_quotes(frames, shown, quotes, fewest=fewest, hidden=hidden)
    told: dict[str, Mapping[str, Any]] = {quote["number"]: quote["segments"] for quote in numbered}
    return {
        name: {key: segment for key, segment in told[number].items() if segment} for name, number in numbers.items()
    }


def who_answered(frames: Frames, segmentations: Sequence[Segmentation], fewest: int) -> dict[str, list[list[str]]]:
    """Of whom a version counts the answers together, by line: all who answered, and those of each segment told."""
    shown = tuple(admitted(frames.experts, each) for each in segmentations)
    tables = frames.answers, frames.items, frames.experts, frames.groups
    return _ANSWERED.get(tables, (shown, fewest), lambda: _answered(frames, shown, fewest))


def _answered(frames: Frames, shown: Sequence[Segmentation], fewest: int) -> dict[str, list[list[str]]]:
    given = frames.answers
    found: dict[str, list[list[str]]] = {}
    for line, told in told_lines(frames, shown, fewest).items():
        mine = given[given["item_id"] == line]
        for rows in (mine, mine[mine["value"].notna()]):
            people = set(rows["expert_id"])
            sets = [people]
            for each in told:
                home = segment_of(frames.experts, each)
                sets += [people & set(home.index[home == key]) for key in each.keys]
            found.setdefault(line, []).extend(sorted(within) for within in sets if within)
    return found


def narrowed(
    now: Told, now_sets: Mapping[tuple[str, str], frozenset[str]],
    before: Sequence[tuple[Told, Mapping[tuple[str, str], frozenset[str]]]], minimum: int,
) -> list[Message]:  # fmt: skip
    """Quotes whose segments in several versions have too few experts in common."""
    count = 0
    for name, told in now.items():
        sets = [now_sets[place] for place in told.items()]
        again = [
            sets_then[place] for told_then, sets_then in before for place in told_then.get(name, {}).items()
        ]  # fmt: skip
        count += bool(sets and again) and len(frozenset.intersection(*sets, *again)) < minimum
    if not count:
        return []
    return [
        counted(
            "{count} quote stands under other segments in a version that readers can open already: too few experts are "
            "in both. Let this version take its place.",
            "{count} quotes stand under other segments in versions that readers can open already: too few experts are "
            "in both. Let this version take their place.",
            count,
        )
    ]


def answered_since(
    frames: Frames, now: Answered, before: Sequence[Answered], minimum: int
) -> list[Message]:  # fmt: skip
    """Lines of the questionnaire of which a new version and those before tell the answers of a few by subtraction."""
    lines = 0
    for line, sets in now.items():
        every = [within for each in (now, *before) for within in each.get(line, ())]
        if set(every) != set(sets):
            named = [("", within) for within in dict.fromkeys(every)]
            lines += bool(seen_alone(named, frames.experts, frames.groups, minimum))
    if not lines:
        return []
    return [
        counted(
            "{count} line of the questionnaire was answered by a few more or fewer experts in versions that readers "
            "can open already: whoever subtracts sees their answers. Let this version take their place.",
            "{count} lines of the questionnaire were answered by a few more or fewer experts in versions that readers "
            "can open already: whoever subtracts sees their answers. Let this version take their place.",
            lines,
        )
    ]
