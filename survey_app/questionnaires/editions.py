"""What another edition of a questionnaire changes for those who have answered the one before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from survey_app.questionnaires.filling import asked, options_of
from survey_app.questionnaires.instrument import Instrument, Item
from transcripts.messages import Message, counted, sentence


@dataclass(frozen=True, slots=True)
class Difference:
    """Questions that are gone, new, and asked in other words; and those that would ask something else."""

    gone: tuple[Item, ...]
    new: tuple[Item, ...]
    reworded: tuple[Item, ...]
    other: tuple[Item, ...]


def difference(old: Instrument, new: Instrument) -> Difference:
    """From one edition to the other, by the keys of items."""
    before = {item.key: item for item in asked(old)}
    after = {item.key: item for item in asked(new)}
    both = [(before[key], item) for key, item in after.items() if key in before]
    other = tuple(now for was, now in both if _asks(old, was) != _asks(new, now))
    return Difference(
        gone=tuple(item for key, item in before.items() if key not in after),
        new=tuple(item for key, item in after.items() if key not in before),
        reworded=tuple(now for was, now in both if now not in other and was.label != now.label),
        other=other,
    )


def effects(found: Difference, answered: int, kept: Collection[str] = ()) -> list[Message]:
    """What the change does where so many experts have sent their answers, and words are kept to the items of these keys
    although their writers took them back."""
    told = []
    if found.gone:
        told.append(
            counted(
                "{count} question is no longer asked; what was answered to it stays: {names}.",
                "{count} questions are no longer asked; what was answered to them stays: {names}.",
                len(found.gone), names=_names(found.gone),
            )
        )  # fmt: skip
    if found.new:
        told.append(
            counted(
                "{count} question is new; whoever has sent their answers sees it when they come back: {names}.",
                "{count} questions are new; whoever has sent their answers sees them when they come back: {names}.",
                len(found.new), names=_names(found.new),
            )
        )  # fmt: skip
    if found.reworded:
        told.append(
            counted(
                "{count} question is worded otherwise; answers to the old words stay beside new ones: {names}.",
                "{count} questions are worded otherwise; answers to the old words stay beside new ones: {names}.",
                len(found.reworded), names=_names(found.reworded),
            )
        )  # fmt: skip
    other = found.other if answered else tuple(item for item in found.other if item.key in kept)
    if other:
        told.append(
            sentence(
                "These have another type or other options under the same name, and are answered already: {names}. "
                "Give them new names in the file.", names=_names(other),
            )
        )  # fmt: skip
    return told


def _asks(instrument: Instrument, item: Item) -> tuple[object, ...]:
    return item.kind, tuple((option.key, option.value) for option in options_of(instrument, item))


def _names(items: tuple[Item, ...]) -> str:
    names = [item.key for item in items[:8]]
    return ", ".join([*names, "…"] if len(items) > 8 else names)
