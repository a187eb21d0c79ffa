"""Persona cards and the list of requirements: from what coders said of statements, and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from coding.codebook import StatementAttribute
from coding.frames import Frames
from coding.statement_values import chosen_values, valued

PERSONA = "persona"
REQUIREMENT = "requirement"
FIELDS = ("need", "profile", "digital_attachment", "life_situation")
"""The four fields of a card."""
MODALITY, PROPOSAL = "modality", "proposal"


@dataclass(frozen=True, slots=True)
class Trait:
    """A value of a field: how many experts give it, and in which statements."""

    key: str
    label_en: str
    label_ru: str
    experts: int
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """Whom statements describe; `fields`: what these very statements say, by field. A field may be empty."""

    key: str
    label_en: str
    label_ru: str
    experts: int
    groups: int
    statement_ids: tuple[str, ...]
    fields: dict[str, tuple[Trait, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the planned result of a service to how a civil servant is assessed, with what is asked there."""

    key: str
    label_en: str
    label_ru: str
    experts: int
    statement_ids: tuple[str, ...]


def personas(
    frames: Frames, attributes: Sequence[StatementAttribute], *, layer: str = "adjudicated", coder_id: str | None = None
) -> tuple[Persona, ...]:
    """A card for each persona that an expert describes, the one of most statements first."""
    described = valued(frames, PERSONA, layer=layer, coder_id=coder_id)
    given = {field: chosen_values(frames, field, layer=layer, coder_id=coder_id) for field in FIELDS}
    found = []
    for key, own in described.groupby("value", sort=False):
        fields = {
            field: _traits(own.assign(value=own["statement_id"].map(given[field])).dropna(subset=["value"]),
                           _names(attributes, field))
            for field in FIELDS
        }  # fmt: skip
        found.append(
            Persona(
                str(key), *_names(attributes, PERSONA).get(str(key), (str(key), str(key))),
                own["expert_id"].nunique(), own["group_id"].nunique(), tuple(own["statement_id"]), fields,
            )
        )  # fmt: skip
    order = list(_names(attributes, PERSONA))
    return tuple(sorted(found, key=lambda one: (-len(one.statement_ids), *_place(order, one.key))))


def requirements(
    frames: Frames, attributes: Sequence[StatementAttribute], *, layer: str = "adjudicated", coder_id: str | None = None
) -> tuple[Step, ...]:
    """The steps of the codebook in its order with the statements that ask for something there; at last, under the key
    "", proposals that nobody has placed. Steps that nobody asks anything of are there too, empty."""
    placed = valued(frames, REQUIREMENT, layer=layer, coder_id=coder_id)
    names = _names(attributes, REQUIREMENT)
    steps = {key: placed[placed["value"] == key] for key in [*names, *sorted(set(placed["value"]) - set(names))]}
    proposals = valued(frames, MODALITY, layer=layer, coder_id=coder_id)
    proposals = proposals[(proposals["value"] == PROPOSAL) & ~proposals["statement_id"].isin(placed["statement_id"])]
    if len(proposals):
        steps[""] = proposals
    found = []
    for key, own in steps.items():
        english, russian = names.get(key, (key, key))
        found.append(Step(key, english, russian, own["expert_id"].nunique(), tuple(own["statement_id"])))
    return tuple(found)


def _traits(said: pd.DataFrame, names: dict[str, tuple[str, str]]) -> tuple[Trait, ...]:
    found = [
        Trait(str(value), *names.get(str(value), (str(value), str(value))), own["expert_id"].nunique(),
              tuple(own["statement_id"]))
        for value, own in said.groupby("value", sort=False)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.experts, -len(one.statement_ids), one.key)))


def _names(attributes: Sequence[StatementAttribute], key: str) -> dict[str, tuple[str, str]]:
    """The values of an attribute with their names, in the codebook's order."""
    values = next((one.values for one in attributes if one.key == key), ())
    return {one.key: (one.label_en or one.label_ru, one.label_ru or one.label_en) for one in values}


def _place(order: Sequence[str], key: str) -> tuple[int, str]:
    return (order.index(key) if key in order else len(order), key)
