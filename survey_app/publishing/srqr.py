"""SRQR: the 21 standards of a report on qualitative research, as far as a study and its card can fill them.

O'Brien B. C., Harris I. B., Beckman T. J., Reed D. A., Cook D. A. (2014). Standards for reporting qualitative research:
a synthesis of recommendations. Academic Medicine, 89(9), 1245–1251, doi:10.1097/ACM.0000000000000388. Numbers are
theirs, words our own.
"""

from __future__ import annotations

from collections.abc import Callable

from survey_app.language import _, current, label
from survey_app.publishing import method_words as words
from survey_app.publishing.coreq import Item, item
from survey_app.publishing.method_facts import MethodFacts
from survey_app.publishing.study_card import SRQR_ASKED, Card

DERIVED_BY: dict[int, tuple[Callable[[MethodFacts], str], ...]] = {
    8: (words.sample, words.saturation), 10: (words.setting, words.duration, words.recording),
    11: (words.instruments,), 12: (words.sample, words.by_segment, words.units),
    13: (words.recording, words.deidentification), 14: (words.codebook, words.derivation, words.coders),
    15: (words.audit_trail,), 16: (words.findings, words.major_themes), 17: (words.quotations,),
}  # fmt: skip
FROM_THE_CARD = {
    5: ("orientation",), 6: ("interviewer", "credentials", "occupation", "training", "relationship", "stance"),
    8: ("sampling", "stop_rule"), 15: ("returned", "checked_by_experts"), 17: ("consistency",),
} | {number: (key,) for key, number in SRQR_ASKED.items()}  # fmt: skip
"""What the card says for COREQ answers some of these, too."""


def srqr(facts: MethodFacts, card: Card) -> list[Item]:
    """All 21 standards in order."""
    found = []
    for number, name in names().items():
        known = words.joined(*(tell(facts) for tell in DERIVED_BY.get(number, ())))
        if number == 1:
            known = label(facts.title)
        if number == 15 and facts.agreement is not None:
            known = words.joined(known, facts.agreement.words[current()])
        said = "\n".join(text for key in FROM_THE_CARD.get(number, ()) if (text := card.said(key)))
        found.append(item(str(number), name, known, said))
    return found


def names() -> dict[int, str]:
    """What each standard is about, by its number."""
    return {
        1: _("Title"), 2: _("Abstract"), 3: _("The problem"), 4: _("Purpose or question"),
        5: _("Approach and paradigm"), 6: _("The researchers themselves"), 7: _("Context"), 8: _("Sampling"),
        9: _("Ethics"), 10: _("How data were collected"), 11: _("Instruments"), 12: _("Units of study"),
        13: _("How data were processed"), 14: _("How data were analysed"), 15: _("What makes it trustworthy"),
        16: _("Synthesis and interpretation"), 17: _("Links to the data"), 18: _("Place among earlier work"),
        19: _("Limits"), 20: _("Conflicts of interest"), 21: _("Funding"),
    }  # fmt: skip
