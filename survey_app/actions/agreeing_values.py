"""How far coders agree on the attributes of statements, on the texts whose comparison is open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from coding.agreement import RESAMPLES
from coding.values import ValueAgreement, value_agreement
from survey_app.actions.agreement_material import EVERYTHING, Asked, Material, material_of
from survey_app.actions.results import Kept
from survey_app.actions.rights import needs
from survey_app.store import codebooks, judged
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted


@dataclass(frozen=True, slots=True)
class AttributeAgreement:
    """An attribute of the codebook (`key`, `label_en`, `label_ru`, `values`) and how far coders agree on it.

    `alone`: statements that two coders looked at or more and to which only one of them gave a value; they are not
    compared. `result` is None where `problem` says why.
    """

    attribute: Row
    ordered: bool
    alone: int
    result: ValueAgreement | None = None
    problem: Message | None = None


_VALUES: Kept[tuple[Any, ...], list[AttributeAgreement]] = Kept(16)


@needs(Role.CODER)
def agreement_on_attributes(
    store: Store, study_id: str, asked: Asked = EVERYTHING, *, ordered: Collection[str] = (),
    resamples: int = RESAMPLES, seed: int = 0,
) -> list[AttributeAgreement]:  # fmt: skip
    """The attributes to which some coder has given a value, in the codebook's order.

    Values are nominal; those of the attributes that are `ordered` (keys) stand in the order of the codebook.
    """
    with store.reading() as connection:
        key, material = material_of(connection, store, study_id, asked)

        def made() -> list[AttributeAgreement]:
            attributes = codebooks.codebook_of(connection, study_id)["attributes"]
            given = pd.DataFrame(
                judged.values(connection, material.compared),
                columns=["statement_id", "source_id", "coder_id", "attribute", "value"],
            )
            given = given.merge(material.read[["statement_id", "coder_id"]], on=["statement_id", "coder_id"])
            by_key = dict(list(given.groupby("attribute")))
            return [
                _agreement(material, one, by_key[one["key"]], one["key"] in ordered, resamples, seed)
                for one in attributes
                if one["key"] in by_key
            ]

        return _VALUES.get((key, tuple(sorted(ordered)), resamples, seed), made)


def may_be_ordered(attribute: Row) -> bool:
    """Whether an attribute has a list of values that can be in order; an open list has none."""
    return len(attribute["values"]) > 2


def _agreement(
    material: Material, attribute: Row, given: pd.DataFrame, ordered: bool, resamples: int, seed: int
) -> AttributeAgreement:
    in_order = ordered and may_be_ordered(attribute)
    looked = material.read.groupby("statement_id")["coder_id"].nunique()
    twice = given["statement_id"].map(looked) >= 2
    alone = int((given[twice].groupby("statement_id")["coder_id"].nunique() == 1).sum())
    judgements = given[["statement_id", "coder_id", "value"]].set_axis(["unit", "coder", "code"], axis=1)
    scale = [str(value["key"]) for value in attribute["values"]]
    strangers = sorted(set(judgements["code"]) - set(scale))
    if in_order and strangers:
        problem = counted(
            "{count} value was given that is not in the codebook's list, so that the values are not in order.",
            "{count} values were given that are not in the codebook's list, so that the values are not in order.",
            len(strangers),
        )
        return AttributeAgreement(attribute, in_order, alone, problem=problem)
    try:
        result = value_agreement(
            judgements, "ordinal" if in_order else "nominal", scale=[*scale, *strangers], resamples=resamples,
            seed=seed, clusters=material.clusters,
        )  # fmt: skip
    except MessageError as problem:
        return AttributeAgreement(attribute, in_order, alone, problem=problem.message)
    return AttributeAgreement(attribute, in_order, alone, result)
