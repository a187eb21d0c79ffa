"""What findings tell beside the tables: their claims count sets of experts, and readers see these as they see segments.

So they are judged as one more version beside the new one: nobody alone, and no number that is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from coding.claims import Claim, MoreIn
from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.language import _, label
from survey_app.publishing.cells import Rule, places_of, said_of_codes
from survey_app.publishing.segments import NamedSet, seen_alone, sets_of
from survey_app.publishing.standing import FINDINGS, Version, told_beside
from transcripts.messages import Message, counted, sentence


@dataclass(frozen=True, slots=True)
class Counted:
    """Experts whom a claim of a finding counts together, what they are called, and the codes of which it tells."""

    finding: int
    name: str
    experts: frozenset[str]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What readers see beside the findings: the numbers of a release (`COLUMNS` of cells) and versions that stand."""

    frames: Frames
    segmentations: Sequence[Segmentation]
    cells: pd.DataFrame
    versions: Sequence[Version]
    rule: Rule
    layer: str
    coder_id: str | None
    quoted: frozenset[str] = frozenset()


def codes_told(claim: Claim) -> frozenset[str]:
    """The codes whose numbers a claim compares."""
    return frozenset(getattr(claim, name) for name in ("code_id", "other_id") if hasattr(claim, name))


def claim_fits(frames: Frames, claim: Claim) -> bool:
    """Whether the study still has what a claim is about."""
    groups = {*claim.group_ids, *(claim.others if isinstance(claim, MoreIn) else ())}
    return groups <= set(frames.experts["group_id"]) and codes_told(claim) <= set(frames.codes["code_id"])


def counted_by(frames: Frames, claims: Mapping[int, Sequence[Claim]]) -> list[Counted]:
    """The sets of experts that claims count, by the number of their finding."""
    called = {row["group_id"]: label(row) for row in frames.groups.to_dict("records")}
    return [
        Counted(number, name, within, codes_told(claim))
        for number, listed in claims.items()
        for claim in listed
        for name, within in _sides(frames.experts, claim, called)
        if within
    ]


def version_of_claims(told: Sequence[Counted], codes: Sequence[str]) -> Version:
    """The findings as a version that shows nothing but their sets, of `codes` those that they tell."""
    places = {(FINDINGS, f"{at}: {each.name}"): each for at, each in enumerate(told, 1)}
    hidden = frozenset((*place, code) for place, each in places.items() for code in codes if code not in each.codes)
    return Version("", 0, {place: each.experts for place, each in places.items()}, frozenset(codes), hidden, {})


def kept_with_claims(kept: dict[str, Any], told: Sequence[Counted]) -> dict[str, Any]:
    """What a manifest keeps of a version, with the sets of its findings."""
    found = version_of_claims(told, kept["codes"])
    sets = {name: sorted(within) for (_key, name), within in found.sets.items()}
    return kept | {
        "experts": kept["experts"] | ({FINDINGS: sets} if sets else {}),
        "hidden": [*kept["hidden"], *sorted([list(place) for place in found.hidden])],
    }


def claims_betray(told: Sequence[Counted], beside: Beside) -> list[Message]:
    """Why findings stay inside: few experts alone, a segment that all say something of, a number that is hidden."""
    return _alone(told, beside) or _of_everybody(told, beside) or _hidden(told, beside)


def _alone(told: Sequence[Counted], beside: Beside) -> list[Message]:
    experts, groups, minimum = beside.frames.experts, beside.frames.groups, beside.rule.minimum
    seen = sets_of(experts, beside.segmentations) + _standing(beside.versions)
    if seen_alone(seen, experts, groups, minimum):  # the gate is shut by that already
        return []
    sets: list[NamedSet] = [*seen, *((_named(each), each.experts) for each in told)]
    return [
        counted(
            "Whoever lays findings beside what is published sees {count} expert alone ({who}): {segments}. Claim it of "
            "segments that are published, or publish without findings.",
            "Whoever lays findings beside what is published sees {count} experts alone ({who}): {segments}. Claim it "
            "of segments that are published, or publish without findings.",
            count, **words,
        )
        for count, words in seen_alone(sets, experts, groups, minimum)
    ]  # fmt: skip


def _of_everybody(told: Sequence[Counted], beside: Beside) -> list[Message]:
    """Claims of experts who are no published segment, with a number that would be hidden in a segment."""
    experts, rule = beside.frames.experts, beside.rule
    said, _codes = said_of_codes(beside.frames, layer=beside.layer, coder_id=beside.coder_id)
    who = said.groupby("code_id")["expert_id"].agg(frozenset)
    _places, member = places_of(experts, beside.segmentations)
    published = {frozenset(experts["expert_id"].to_numpy()[row]) for row in member}
    called = {row["code_id"]: label(row) for row in beside.frames.codes.to_dict("records")}
    found = []
    for each in told:
        for code in sorted(each.codes) if each.experts not in published else ():
            k, n = len(each.experts & who.get(code, frozenset())), len(each.experts)
            if k == n or (rule.strict and 0 < k < rule.least):
                found.append(
                    sentence(
                        "Finding {number} gives a number that would be hidden: of {who}, who are no published segment, "
                        "all or hardly any speak of “{code}”. Claim it of segments that are published, or publish "
                        "without findings.",
                        number=each.finding, code=called[code], who=each.name,
                    )
                )  # fmt: skip
    return found


def _hidden(told: Sequence[Counted], beside: Beside) -> list[Message]:
    if not _told_together(told, beside) or _told_together((), beside):  # the gate is shut by the latter already
        return []
    numbers = list(dict.fromkeys(each.finding for each in told))
    alone = [number for number in numbers if _told_together([each for each in told if each.finding == number], beside)]
    return [
        sentence(
            "Finding {number} gives away numbers that are hidden, together with what is published. Claim it of "
            "segments that are published, or publish without findings.", number=", ".join(map(str, alone or numbers)),
        )
    ]  # fmt: skip


def _told_together(told: Sequence[Counted], beside: Beside) -> bool:
    """Whether these findings give away a number that the versions without them do not."""
    claims = version_of_claims(told, list(dict.fromkeys(beside.cells["code_id"])))
    return bool(
        told_beside(
            beside.frames, beside.segmentations, beside.cells, [*beside.versions, claims], layer=beside.layer,
            coder_id=beside.coder_id, quoted=beside.quoted,
        )
    )  # fmt: skip


def _sides(experts: pd.DataFrame, claim: Claim, called: Mapping[str, str]) -> Iterator[NamedSet]:
    """Whom a claim counts, and whom it compares them with."""
    home = experts["group_id"]
    inside = home.isin(claim.group_ids) if claim.group_ids else home.notna()
    yield _names(claim.group_ids, called) or _("all experts"), frozenset(experts.loc[inside, "expert_id"])
    if isinstance(claim, MoreIn):
        others = home.isin(claim.others) if claim.others else ~inside
        yield _names(claim.others, called) or _("all others"), frozenset(experts.loc[others, "expert_id"])


def _names(group_ids: Sequence[str], called: Mapping[str, str]) -> str:
    return " + ".join(called.get(each) or each for each in group_ids)


def _named(each: Counted) -> str:
    return _("“{segment}” in finding {number}", segment=each.name, number=each.finding)


def _standing(versions: Sequence[Version]) -> list[NamedSet]:
    return [
        (_("version {version} of “{slug}”", version=each.number, slug=each.slug), within)
        for each in versions
        for within in each.sets.values()
    ]
