"""What a coefficient is, what its value means, and why there is none: each in one sentence."""

import math
from collections.abc import Sequence

import numpy as np

from coding.coded import Coded
from transcripts.messages import Message, counted, sentence

FEWEST_UNITS = 3
"""Units seen by two coders below which no coefficient is given.

With two units, alpha of two coders is 1 or not above 0, and nothing between: it could not tell good from fair. What few
units are worth is said by the interval, which asks for more of them.
"""
TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff (2004, p. 241): below the first no conclusions, between them tentative ones."""

_DEFINITIONS = {
    "percent": sentence(
        "Percent agreement: the share of pairs of coders who said the same of a unit, as the mean over all units that "
        "two or more coders saw; agreement by chance is not taken off."
    ),
    "cohen": sentence(
        "Cohen's kappa (1960), for two coders: agreement beyond chance, where chance follows from how often each of "
        "the two applied the code."
    ),
    "fleiss": sentence(
        "Fleiss' kappa (1971), Scott's pi for two coders: agreement beyond chance, where chance follows from how often "
        "all coders together applied the code."
    ),
    "alpha": sentence(
        "Krippendorff's alpha (2004): one minus observed over expected disagreement; coders may have missed units, and "
        "few units are allowed for."
    ),
    "ac1": sentence(
        "Gwet's AC1 (2008): agreement beyond chance, where only judgements that are hard to make are left to chance; a "
        "very rare or very common code does not distort it."
    ),
    "ac2": sentence("Gwet's AC2 (2014): AC1 for values on a scale, where near values agree in part."),
    "brennan_prediger": sentence(
        "Brennan and Prediger's coefficient (1981): agreement beyond chance, as if by chance all categories were "
        "equally likely."
    ),
    "alpha_nominal": sentence(
        "Alpha on whole sets of codes, nominal: two coders agree on a unit only if they gave exactly the same codes."
    ),
    "alpha_jaccard": sentence(
        "Alpha on whole sets of codes with Jaccard's distance: 1 - J, where J is the share of codes that both gave "
        "among those that at least one gave; two empty sets are equal."
    ),
    "alpha_masi": sentence(
        "Alpha on whole sets of codes with the MASI distance (Passonneau 2006): 1 - J * M, where J is Jaccard's share "
        "and M is 1 for equal sets, 2/3 if one holds the other, 1/3 if they overlap, 0 if they share nothing."
    ),
    "alpha_ordinal": sentence(
        "Alpha for ordered values: a difference counts by how many judgements lie between the two ranks, squared."
    ),
    "alpha_interval": sentence("Alpha for numbers: a difference counts by its square."),
    "alpha_ratio": sentence(
        "Alpha for numbers with a true zero: a difference counts by its square, relative to the sum of the two numbers."
    ),
    "alpha_unitizing": sentence(
        "Unitizing alpha (Krippendorff 1995): one minus observed over expected disagreement on where coded passages "
        "begin and end, in characters."
    ),
}


def definition(coefficient: str) -> Message:
    """One sentence on what a coefficient is; raises KeyError for a name that is none."""
    return _DEFINITIONS[coefficient]


def meaning(coefficient: str, value: float) -> Message:
    """One sentence on what a value says. Krippendorff's bounds are named for alpha alone, for which he gave them."""
    share = math.floor(100 * value + 1e-9)
    if coefficient == "percent":
        return sentence(
            "Pairs of coders say the same in {share} % of the cases; chance has its part in it.", share=share
        )
    if coefficient.startswith("alpha"):
        return _of_alpha(value, share)
    if value >= 1 - 1e-12:
        return sentence("The coders agree everywhere.")
    if value <= 0:
        return sentence("The coders agree no more often than chance would have it.")
    return sentence("The coders reach {share} % of the agreement that chance leaves open.", share=share)


def why_not(coded: Coded) -> Message | None:
    """Why agreement on everything cannot be computed, None if it can."""
    return too_few_units(coded.n_observed) or why_not_sets(len(coded.sets[0]) > 1, bool(coded.applied.any()))


def why_not_sets(varies: bool, applied: bool) -> Message | None:
    """The same from whether sets of codes differ at all, and whether there is any code."""
    if varies:
        return None
    if not applied:
        return sentence("No coder applied any code.")
    return sentence("Every coder said the same of every unit, so that nothing varies.")


def why_not_code(used: bool, table: Sequence[float] | np.ndarray, scarce: Message | None) -> Message | None:
    """The same for one code: whether it was `used` at all, and its 2x2 `table`, of one pair or summed over all."""
    both, first, second, neither = table
    if not used:
        return sentence("No coder applied this code.")
    if scarce is not None:
        return scarce
    if not both and not first and not second:
        return sentence("This code was applied only where a single coder has looked.")
    if not first and not second and not neither:
        return sentence("Every coder applied this code to every unit, so that nothing varies.")
    return None


def too_few_units(compared: int) -> Message | None:
    """Why so few units are no ground for a coefficient; None if they are enough."""
    if compared >= FEWEST_UNITS:
        return None
    if not compared:
        return sentence("No unit was seen by two coders.")
    return counted(
        "Only {count} unit was seen by two coders; at least {fewest} are needed.",
        "Only {count} units were seen by two coders; at least {fewest} are needed.",
        compared,
        fewest=FEWEST_UNITS,
    )


def _of_alpha(value: float, share: int) -> Message:
    if value >= 1 - 1e-12:
        return sentence("The coders agree everywhere.")
    if value <= 0:
        return sentence(
            "The coders disagree no less than chance would bring: below the .667 that Krippendorff asks for tentative "
            "conclusions."
        )
    if value < TENTATIVE:
        return sentence(
            "The coders disagree less than chance would bring, by {share} %: below the .667 that Krippendorff asks for "
            "tentative conclusions.",
            share=share,
        )
    if value < RELIABLE:
        return sentence(
            "The coders disagree less than chance would bring, by {share} %: between the .667 and the .80 of "
            "Krippendorff, where he allows tentative conclusions only.",
            share=share,
        )
    return sentence(
        "The coders disagree less than chance would bring, by {share} %: not below the .80 that Krippendorff asks for.",
        share=share,
    )
