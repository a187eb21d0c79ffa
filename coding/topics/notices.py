"""What a person should know of a run before reading its topics."""

from collections.abc import Sequence

from coding.topics import partition
from coding.topics.result import Quality
from transcripts.messages import Message, counted, sentence

UNSTABLE = 0.6


def notices(
    reasons: Sequence[Message],
    quality: Quality,
    *,
    wished: int | None,
    found: int,
    codes: int,
    left_out: int,
    fewest: int,
    modelled: int,
    texts: int,
) -> tuple[Message, ...]:
    """`reasons`: why this model, and what it does not know; `wished`: topics that were asked for; `codes`: in use when
    none were; `left_out`: statements; `fewest`: texts of the smallest portion; `modelled` of all different `texts` were
    in the runs."""
    told = [*reasons, *_number(wished, found, codes)]
    if modelled < texts:
        told.append(
            sentence(
                "Topics were looked for in a sample of {modelled} of {texts} different statements, in which every "
                "group has its share. The others lie in the topic whose mean is nearest; words are counted over all.",
                modelled=modelled, texts=texts,
            )
        )  # fmt: skip
    if fewest < partition.FEW:
        told.append(
            sentence(
                "Below {few} statements topics change easily with every statement more or less. Take them as a first "
                "sorting.",
                few=partition.FEW,
            )
        )
    if left_out:
        told.append(
            counted(
                "{count} statement was left out: it has no word that could name a topic, or too few are in its "
                "language.",
                "{count} statements were left out: they have no word that could name a topic, or too few are in their "
                "language.",
                left_out,
            )
        )
    if quality.stability < UNSTABLE:
        told.append(
            sentence(
                "These topics change from run to run (stability {value} of 1). Trust the statements that stay together "
                "more than the number of topics.",
                value=round(quality.stability, 2),
            )
        )
    if quality.without_experts is not None and quality.without_experts < UNSTABLE:
        told.append(
            sentence(
                "Without some of the experts other topics are found (agreement {value} of 1): a few people make these.",
                value=round(quality.without_experts, 2),
            )
        )
    return tuple(told)


def _number(wished: int | None, found: int, codes: int) -> list[Message]:
    if wished is None and codes:
        return [
            sentence(
                "{number} topics are a proposal by the number of statements and of codes in use ({codes}). No method "
                "can say how many topics there are: try a coarser and a finer number.",
                number=found, codes=codes,
            )
        ]  # fmt: skip
    if wished is None:
        return [
            sentence(
                "{number} topics are a proposal by the number of statements. No method can say how many topics there "
                "are: try a coarser and a finer number.",
                number=found,
            )
        ]
    if found != wished:
        return [
            sentence("{wished} topics were asked for; {number} suit these statements.", wished=wished, number=found)
        ]
    return []
