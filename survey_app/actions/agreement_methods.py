"""How a report on agreement says what was done: units, sample, formulas, literature, a sentence to copy."""

from __future__ import annotations

from statistics import median

from coding.agreement_words import FEWEST_UNITS, RELIABLE, TENTATIVE, definition
from coding.resampling import FEWEST_FOR_INTERVAL, MOST_DEGENERATE
from survey_app.actions.agreement_report import Report
from survey_app.language import _, ngettext, translate
from survey_app.views import measures, style

DEFINED = (
    "percent", "alpha", "alpha_nominal", "alpha_jaccard", "alpha_masi", "cohen", "fleiss", "ac1", "ac2",
    "brennan_prediger", "alpha_ordinal", "alpha_unitizing",
)  # fmt: skip
LITERATURE = (
    "Artstein R., Poesio M. (2008). Inter-coder agreement for computational linguistics. Computational Linguistics, "
    "34(4), 555–596.",
    "Brennan R. L., Prediger D. J. (1981). Coefficient kappa: Some uses, misuses, and alternatives. Educational and "
    "Psychological Measurement, 41(3), 687–699.",
    "Cohen J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, 20(1), "
    "37–46.",
    "Donner A., Rotondi M. A. (2010). Sample size requirements for interval estimation of the kappa statistic for "
    "interobserver agreement studies with a binary outcome and multiple raters. The International Journal of "
    "Biostatistics, 6(1), 31.",
    "Fleiss J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, 76(5), 378–382.",
    "Gwet K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British "
    "Journal of Mathematical and Statistical Psychology, 61(1), 29–48.",
    "Gwet K. L. (2014). Handbook of inter-rater reliability (4th ed.). Gaithersburg: Advanced Analytics.",
    "Hayes A. F., Krippendorff K. (2007). Answering the call for a standard reliability measure for coding data. "
    "Communication Methods and Measures, 1(1), 77–89.",
    "Krippendorff K. (1995). On the reliability of unitizing continuous data. Sociological Methodology, 25, 47–76.",
    "Krippendorff K. (2004). Content analysis: An introduction to its methodology (2nd ed.). Thousand Oaks: Sage.",
    "Krippendorff K. (2019). Content analysis: An introduction to its methodology (4th ed.). Thousand Oaks: Sage.",
    "Passonneau R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. "
    "Proceedings of LREC 2006, 831–836.",
)  # fmt: skip


def to_copy(report: Report) -> str:
    """Sentences for a methods section: who coded what, how far they agree, how the intervals came about."""
    return " ".join(
        part
        for part in (
            _who_coded(report), _after_opening(report), _over_everything(report), _by_code(report), _how_drawn(report),
        )
        if part
    )  # fmt: skip


def units_and_codes() -> list[str]:
    """How codings of spans became judgements on statements."""
    return [
        _("The unit is a statement: one thought of one speaker. Only words of experts and of speakers who are not "
          "known are coded; moderators, assistants, interpreters and observers are left out."),
        _("A coding counts for a statement if it overlaps it by at least half of the shorter of the two, in characters "
          "without white space at the edges. A code counts once for a statement, however often it was given there."),
        _("A statement counts as looked at by a coder who marked it as such or coded something in it; looked at "
          "without a code is a judgement, too. Not looked at is a gap and no disagreement."),
        _("Only texts are compared whose comparison was opened by the researcher; what was coded in training is left "
          "out."),
    ]  # fmt: skip


def definitions() -> list[str]:
    """Every coefficient in a sentence, then the rules of intervals and of what is not computable."""
    return [
        *(translate(definition(name)) for name in DEFINED),
        _("Prevalence: the share of all judgements that apply the code."),
        _("Krippendorff (2004, p. 241) asks for an alpha of {reliable} or more, and allows tentative conclusions from "
          "{tentative}; both are conventions.", reliable=measures.coefficient(RELIABLE),
          tentative=measures.coefficient(TENTATIVE)),
        _("Coefficients are not given below {fewest} statements that two coders looked at, for a code that nobody or "
          "everybody applied, and where nothing varies: the report then says “not computable” and why.",
          fewest=FEWEST_UNITS),
        _("Intervals are the middle part (95 %) of bootstrap resamples of whole experts (of statements where nobody "
          "knows who spoke), the same draws for every coefficient. Resamples in which a coefficient has no value are "
          "left out and counted. No interval is given below {fewest} experts or statements, where all resamples are "
          "equal, and where more than {share} of them have no value.", fewest=FEWEST_FOR_INTERVAL,
          share=measures.percent(MOST_DEGENERATE)),
    ]  # fmt: skip


def blindness(report: Report, coder: str) -> str:
    """How a coder worked: blind, open, or not said, with how many texts where that differs."""
    names = {"blind": _("blind"), "open": _("open"), "": _("no assignment noted")}
    compared = [text for text in report.agreed.material.texts if text.source_id in report.agreed.material.compared]
    modes = [report.modes.get((coder, text.source_id), "") for text in compared if coder in text.coders]
    found = [(names[mode], modes.count(mode)) for mode in names if mode in modes]
    return found[0][0] if len(found) == 1 else ", ".join(f"{name}: {count}" for name, count in found)


def plan_in_words(plan: dict[str, object]) -> str:
    """What was wanted of a sample, as far as it was kept."""
    names = {
        "kappa": _("expected kappa"), "lower": _("lower limit wanted"), "prevalence": _("prevalence"),
        "coders": _("coders"), "confidence": _("confidence"), "size": _("size"),
    }  # fmt: skip
    said = [(names[key], value) for key, value in plan.items() if key in names and isinstance(value, int | float)]
    return "; ".join(f"{name} {style.number(float(value), 3)}" for name, value in said)


def _who_coded(report: Report) -> str:
    material, result = report.agreed.material, report.result
    experts = material.statements.loc[material.statements["expert_id"] != "", "expert_id"].nunique()
    mode = {report.modes.get((coder, text), "") for text in material.compared for coder in material.coders}
    blind = mode == {"blind"} and not report.after_opening
    independently = _("independently and blind to each other, ") if blind else ""
    return _(
        "Coded by {coders} ({keys}), {independently}with a codebook of {codes} (version {version}): {units} of "
        "{experts}, of which two or more coders looked at {compared}.",
        coders=ngettext("{count} coder", "{count} coders", len(material.coders)),
        keys=measures.listed(material.coders), independently=independently,
        codes=ngettext("{count} code", "{count} codes", len(material.codes)), version=report.codebook,
        units=ngettext("{count} statement", "{count} statements", result.n_units),
        experts=ngettext("{count} expert", "{count} experts", experts), compared=result.n_units_compared,
    )  # fmt: skip


def _after_opening(report: Report) -> str:
    """What was no longer independent; "" where nothing was changed in sight of the others."""
    count = sum(report.after_opening.values())
    if not count:
        return ""
    return ngettext(
        "Since the comparison was first opened, {count} coding was added, changed or removed.",
        "Since the comparison was first opened, codings were added, changed or removed {count} times.",
        count,
    )


def _over_everything(report: Report) -> str:
    overall = report.result.overall
    figures = {
        name: measures.with_interval(getattr(overall, f"alpha_{name}"), overall.ci.get(f"alpha_{name}"))
        for name in ("masi", "jaccard", "nominal")
    }
    if overall.reason is not None:
        return _("Agreement over all codes is not computable. {reason}", reason=translate(overall.reason))
    return _(
        "Over whole sets of codes Krippendorff's alpha was {masi} with the MASI distance, {jaccard} with Jaccard's "
        "distance and {nominal} on equal sets; percent agreement was {percent}.",
        **figures, percent=measures.with_interval(overall.percent, overall.ci.get("percent"), "percent"),
    )  # fmt: skip


def _by_code(report: Report) -> str:
    alphas = [one.alpha for one in report.result.per_code.values() if one.alpha is not None]
    none = len(report.result.per_code) - len(alphas)
    if not alphas:
        return _("No alpha of a single code is computable.")
    said = ngettext(
        "Of {count} code alpha is {lowest}.",
        "By code alpha ranged from {lowest} to {highest} (median {median}) over {count} codes.",
        len(alphas), lowest=measures.coefficient(min(alphas)), highest=measures.coefficient(max(alphas)),
        median=measures.coefficient(median(alphas)),
    )  # fmt: skip
    if not none:
        return said
    left = ngettext("For {count} code it is not computable.", "For {count} codes it is not computable.", none)
    return f"{said} {left}"


def _how_drawn(report: Report) -> str:
    agreed = report.agreed
    if report.result.overall.ci_reason is not None:
        return translate(report.result.overall.ci_reason)
    who = (
        ngettext("{count} expert", "{count} experts", agreed.clusters_drawn)
        if agreed.of_experts
        else ngettext("{count} statement", "{count} statements", agreed.clusters_drawn)
    )
    return _(
        "In brackets percentile intervals (95 %) by bootstrap over {who} ({resamples} resamples, {degenerate} without "
        "a value, seed {seed}). Computed with Rakurs {software}.",
        who=who, resamples=measures.whole(report.result.overall.n_resamples),
        degenerate=report.result.overall.degenerate, seed=agreed.seed, software=report.software,
    )  # fmt: skip
