"""COREQ: the 32 items of a report on interviews and focus groups, as far as a study and its card can fill them.

Tong A., Sainsbury P., Craig J. (2007). Consolidated criteria for reporting qualitative research (COREQ): a 32-item
checklist for interviews and focus groups. International Journal for Quality in Health Care, 19(6), 349–357,
doi:10.1093/intqhc/mzm042. Numbers are theirs, words our own. There is no item for agreement: it stands under coders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from survey_app.language import _, current
from survey_app.publishing import method_words as words
from survey_app.publishing.method_facts import MethodFacts
from survey_app.publishing.study_card import COREQ_ASKED, Card

DERIVED, ASKED, MISSING = "derived", "asked", "missing"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a checklist in the language in force. `basis`: what its text rests on (`DERIVED`: the study itself,
    `ASKED`: the study card, `MISSING`: nothing)."""

    number: str
    name: str
    text: str
    basis: str


DERIVED_BY: dict[int, tuple[Callable[[MethodFacts], str], ...]] = {
    12: (words.sample,), 13: (words.who_did_not,), 14: (words.setting,), 15: (words.others_present,),
    16: (words.by_segment,), 17: (words.instruments,), 18: (words.repeats,), 19: (words.recording,),
    21: (words.duration,), 22: (words.saturation,), 24: (words.coders,), 25: (words.codebook,),
    26: (words.derivation,), 27: (words.software,), 29: (words.quotations,), 31: (words.major_themes,),
    32: (words.minor_themes,),
}  # fmt: skip
"""The 17 items that a study knows of itself."""


def coreq(facts: MethodFacts, card: Card) -> list[Item]:
    """All 32 items in order."""
    asked = {number: key for key, number in COREQ_ASKED.items()}
    found = []
    for number, name in names().items():
        known = words.joined(*(tell(facts) for tell in DERIVED_BY.get(number, ())))
        if number == 24 and facts.agreement is not None:
            known = words.joined(known, facts.agreement.words[current()])
        found.append(item(str(number), name, known, card.said(asked[number]) if number in asked else ""))
    return found


def item(number: str, name: str, known: str, said: str) -> Item:
    """One item: what the study knows, then what its authors say; honest where there is neither."""
    text = "\n".join(one for one in (known, said) if one)
    basis = DERIVED if known else ASKED if said else MISSING
    return Item(number, name, text or not_stated(), basis)


def not_stated() -> str:
    """What stands where nobody has said anything."""
    return _("Not stated.")


def basis_in_words(basis: str) -> str:
    """Where a text comes from."""
    return {DERIVED: _("from the study"), ASKED: _("from the authors"), MISSING: _("missing")}[basis]


def missing(items: Iterable[Item]) -> int:
    """How many say nothing."""
    return sum(one.basis == MISSING for one in items)


def names() -> dict[int, str]:
    """What each item is about, by its number."""
    return {
        1: _("Who led the sessions"), 2: _("Their academic degrees"), 3: _("Their occupation at that time"),
        4: _("Their gender"), 5: _("Their experience and training"), 6: _("Acquaintance before the study"),
        7: _("What the experts knew of those who asked"), 8: _("Stance and interests of those who asked"),
        9: _("Methodological orientation"), 10: _("How experts were selected"), 11: _("How experts were approached"),
        12: _("Sample size"), 13: _("Who did not take part"), 14: _("Setting"), 15: _("Presence of others"),
        16: _("Who the experts are"), 17: _("Guide and questionnaire"), 18: _("Repeated sessions"),
        19: _("Recording"), 20: _("Notes taken during or after the sessions"), 21: _("Duration"),
        22: _("Saturation"), 23: _("Transcripts returned to the experts"), 24: _("Who coded"),
        25: _("The coding tree"), 26: _("Where the codes come from"), 27: _("Software"),
        28: _("Findings checked by the experts"), 29: _("Quotes"), 30: _("Whether data and findings agree"),
        31: _("Major themes"), 32: _("Minor themes and diverse cases"),
    }  # fmt: skip
