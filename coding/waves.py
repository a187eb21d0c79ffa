"""Waves of an investigation side by side: studies with one codebook, laid beside each other as groups of experts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from coding.frames import Frames
from transcripts.messages import MessageError, sentence


class UnlikeWaves(MessageError):
    """Studies that cannot be laid side by side."""


@dataclass(frozen=True, slots=True)
class Wave:
    """One study: a key that no other has, its names, and its tables."""

    key: str
    label_en: str
    label_ru: str
    frames: Frames


def side_by_side(waves: Sequence[Wave]) -> Frames:
    """One set of tables with a group for each wave; experts are the waves' own ("2022 · S1"), also where a person took
    part in two: each wave has its own number of experts.

    Counted are the codes that all waves have, under the words of the first. Answers are left out: two questionnaires
    are rarely the same. Raises UnlikeWaves for fewer than two waves and for waves without a code in common.
    """
    if len(waves) < 2 or len({wave.key for wave in waves}) < len(waves):
        raise UnlikeWaves(sentence("Choose two different studies."))
    shared = set.intersection(*(set(wave.frames.codes["code_id"]) for wave in waves))
    first = waves[0].frames
    codes = first.codes[first.codes["code_id"].isin(shared)]
    codes = codes[codes["root"].isin(shared) & (codes["parent_id"].isin(shared) | codes["parent_id"].eq(""))]
    if codes.empty:
        raise UnlikeWaves(sentence("The two codebooks have no code in common. Codes are matched by their keys."))
    parts = [_marked(wave) for wave in waves]
    groups = [
        {"group_id": wave.key, "label_en": wave.label_en, "label_ru": wave.label_ru, "short_en": wave.label_en,
         "short_ru": wave.label_ru, "colour": "", "order": order}
        for order, wave in enumerate(waves)
    ]  # fmt: skip
    joined = {
        name: pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        for name in ("statements", "experts", "codings", "values", "sources")
    }
    joined["codings"] = joined["codings"][joined["codings"]["code_id"].isin(codes["code_id"])]
    joined["sources"] = joined["sources"].assign(order=range(len(joined["sources"])))
    return replace(
        first, codes=codes, groups=pd.DataFrame(groups), items=first.items.head(0), answers=first.answers.head(0),
        **joined,
    )  # fmt: skip


def _marked(wave: Wave) -> Frames:
    """The tables with the wave before every key that another wave may have too; its experts are one group."""
    frames = wave.frames

    def own(keys: pd.Series) -> pd.Series:
        return keys.where(keys == "", wave.key + " · " + keys.astype(str))

    tables = {}
    for name, columns in {
        "statements": ("statement_id", "source_id", "expert_id"), "experts": ("expert_id",),
        "codings": ("coding_id", "source_id"), "values": ("statement_id", "source_id"), "sources": ("source_id",),
    }.items():  # fmt: skip
        table = getattr(frames, name)
        tables[name] = table.assign(**{column: own(table[column]) for column in columns})
    tables["experts"] = tables["experts"].assign(group_id=wave.key)
    return replace(frames, **tables)
