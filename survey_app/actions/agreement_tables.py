"""Figures of agreement as rows of words and counts, as pages and files show them."""

from __future__ import annotations

from coding.agreement import Agreement, CodeAgreement
from coding.unitizing import UnitizingAgreement
from survey_app.actions.agreeing import Agreed, Passages
from survey_app.actions.agreeing_values import AttributeAgreement
from survey_app.language import _, label, translate
from survey_app.views import agreement_forest as forest
from survey_app.views import measures
from survey_app.views.measures import Figure, share
from survey_app.views.segment_names import records
from transcripts.messages import Message

SETS = ("alpha_nominal", "alpha_jaccard", "alpha_masi")
Cell = str | int | Figure
Rows = tuple[list[str], list[list[Cell]]]
"""A header and the rows below it."""


def code_rows(agreed: Agreed) -> Rows:
    """Coefficients of every code, lowest alpha first."""
    names = (*(("cohen",) if len(agreed.material.coders) == 2 else ()), "fleiss", "ac1", "brennan_prediger")
    rows: list[list[Cell]] = []
    for row, one in _codes(agreed):
        figures = [Figure(getattr(one, name), "", one.intervals.get(name), ranged=True) for name in names]
        rows.append([row, Figure(one.alpha, "", one.ci, ranged=True), *figures, remark(one.reason, one.ci_reason)])
    return [_("Code"), *(measures.name(name) for name in ("alpha", *names)), _("Remark")], rows


def count_rows(agreed: Agreed) -> Rows:
    """What the coefficients of every code rest on: units, counts, prevalence, resamples; in the same order."""
    assert agreed.result is not None
    cells = _cells(agreed)
    rows: list[list[Cell]] = [
        [
            row, agreed.result.n_units_compared, *one.pairs_table, share(one.percent), share(one.prevalence),
            one.resamples, one.degenerate,
        ]
        for row, one in _codes(agreed)
    ]  # fmt: skip
    header = [
        _("Code"), _("Units"), *cells, measures.name("percent"), measures.name("prevalence"), _("Resamples used"),
        _("without a value"),
    ]  # fmt: skip
    return header, rows


def overall_rows(agreed: Agreed) -> Rows:
    """Every figure over all codes with its interval."""
    assert agreed.result is not None
    overall = agreed.result.overall
    rows: list[list[Cell]] = []
    for name in ("percent", *SETS, "cohen", "fleiss", "ac1", "brennan_prediger"):
        value = getattr(overall, name)
        if value is None and name not in ("percent", *SETS):
            continue
        of = "percent" if name == "percent" else ""
        rows.append([measures.name(name), Figure(value, of, overall.ci.get(name), ranged=True)])
    return [_("Measure"), _("Value with interval (95 %)")], rows


def pair_rows(agreed: Agreed) -> Rows:
    """Every pair of coders over whole sets of codes."""
    rows: list[list[Cell]] = [
        [
            f"{pair.first} – {pair.second}", pair.n_units, share(pair.percent),
            *(Figure(getattr(pair, name)) for name in SETS), remark(pair.reason),
        ]
        for pair in agreed.pairs
    ]  # fmt: skip
    return [_("Pair"), _("Units"), *(measures.name(name) for name in ("percent", *SETS)), _("Remark")], rows


def pairs_by_code(agreed: Agreed) -> Rows:
    """Every pair of coders on every code that one of the two applied."""
    names = {row["code_id"]: forest.code_label(row) for row in records(agreed.material.codes)}
    rows: list[list[Cell]] = [
        [
            f"{pair.first} – {pair.second}", names[code_id], share(one.percent),
            Figure(one.cohen), Figure(one.alpha), *one.table, remark(one.reason),
        ]
        for pair in agreed.pairs
        for code_id, one in pair.per_code.items()
        if any(one.table[:3])
    ]  # fmt: skip
    header = [
        _("Pair"), _("Code"), measures.name("percent"), measures.name("cohen"), measures.name("alpha"), *_of_pairs(),
        _("Remark"),
    ]  # fmt: skip
    return header, rows


def pair_code_rows(agreed: Agreed, code_id: str) -> Rows:
    """Every pair of coders on one code."""
    rows: list[list[Cell]] = [
        [
            f"{pair.first} – {pair.second}", pair.n_units, *one.table, share(one.percent), Figure(one.cohen),
            Figure(one.alpha), remark(one.reason),
        ]
        for pair in agreed.pairs
        for one in [pair.per_code[code_id]]
    ]  # fmt: skip
    figures = (measures.name(name) for name in ("percent", "cohen", "alpha"))
    return [_("Pair"), _("Units"), *_of_pairs(), *figures, _("Remark")], rows


def group_code_rows(found: dict[str, Agreement], agreed: Agreed, code_id: str) -> Rows:
    """Every stakeholder group on one code; counts are of all pairs of coders."""
    names = {row["group_id"]: label(row) for row in records(agreed.material.groups)}
    rows: list[list[Cell]] = []
    for group_id, of_group in found.items():
        one = of_group.per_code[code_id]
        rows.append(
            [
                names.get(group_id, group_id), of_group.n_units_compared, *one.pairs_table, share(one.prevalence),
                share(one.percent), Figure(one.alpha, "", one.ci, ranged=True), remark(one.reason, one.ci_reason),
            ]
        )  # fmt: skip
    figures = (measures.name(name) for name in ("prevalence", "percent", "alpha"))
    return [_("Group"), _("Units"), *_cells(agreed), *figures, _("Remark")], rows


def group_rows(found: dict[str, Agreement], agreed: Agreed) -> Rows:
    """Every stakeholder group over whole sets of codes."""
    names = {row["group_id"]: label(row) for row in records(agreed.material.groups)}
    rows: list[list[Cell]] = [
        [
            names.get(group_id, group_id), one.n_units, one.n_units_compared,
            share(one.overall.percent, one.overall.ci.get("percent"), ranged=True),
            *(Figure(getattr(one.overall, name), "", one.overall.ci.get(name), ranged=True) for name in SETS),
            remark(one.overall.reason, one.overall.ci_reason),
        ]
        for group_id, one in found.items()
    ]  # fmt: skip
    header = [
        _("Group"), _("Statements"), _("Compared"), *(measures.name(name) for name in ("percent", *SETS)), _("Remark"),
    ]  # fmt: skip
    return header, rows


def passage_rows(found: Passages) -> Rows:
    """Every code by the character and by where its passages begin and end, in the codebook's order."""
    result = found.characters.result
    assert result is not None
    rows: list[list[Cell]] = []
    for code in records(found.characters.material.codes):
        one = result.per_code[code["code_id"]]
        marked = found.unitizing.per_code.get(code["code_id"]) if found.unitizing else None
        reasons = [remark(one.reason), _unitizing_remark(marked)]
        rows.append(
            [
                forest.code_label(code), Figure(one.alpha, "", one.ci, ranged=True), share(one.percent),
                share(one.prevalence), Figure(marked.alpha if marked else None),
                marked.passages if marked else 0, " ".join(each for each in reasons if each),
            ]
        )  # fmt: skip
    header = [
        _("Code"), _("Alpha by the character"), measures.name("percent"), measures.name("prevalence"),
        measures.name("alpha_unitizing"), _("Passages"), _("Remark"),
    ]  # fmt: skip
    return header, rows


def attribute_rows(found: list[AttributeAgreement]) -> Rows:
    """Every attribute with its level of measurement."""
    rows: list[list[Cell]] = []
    for one in found:
        level = _("in order") if one.ordered else _("not in order")
        result = one.result
        if result is None:
            rows.append([label(one.attribute), level, 0, *[Figure(None, ranged=True)] * 4, remark(one.problem)])
            continue
        rows.append(
            [
                label(one.attribute), level, result.n_units_compared,
                share(result.percent, result.ci.get("percent"), ranged=True),
                *(Figure(getattr(result, name), "", result.ci.get(name), ranged=True)
                  for name in ("alpha", "ac2", "brennan_prediger")),
                remark(result.reason, result.ci_reason),
            ]
        )  # fmt: skip
    header = [
        _("Attribute"), _("Values"), _("Units"), measures.name("percent"), measures.name("alpha"), _("AC1 or AC2"),
        measures.name("brennan_prediger"), _("Remark"),
    ]  # fmt: skip
    return header, rows


def _unitizing_remark(marked: UnitizingAgreement | None) -> str:
    if marked is None or marked.reason is None:
        return ""
    return f"{measures.name('alpha_unitizing')}: {translate(marked.reason)}"


def _codes(agreed: Agreed) -> list[tuple[str, CodeAgreement]]:
    """Names of codes with their figures, lowest alpha first."""
    assert agreed.result is not None
    prepared = forest.prepare(agreed.result, agreed.material.codes)
    return [(forest.code_label(row), agreed.result.per_code[row["code_id"]]) for row in records(prepared)]


def _cells(agreed: Agreed) -> tuple[str, str, str, str]:
    """Names of the four counts: of two coders, else of all pairs, whose first is the one whose key comes first."""
    coders = agreed.material.coders
    if len(coders) == 2:
        return measures.cell_names(coders[0], coders[1])
    return _of_pairs()


def _of_pairs() -> tuple[str, str, str, str]:
    return _("both"), _("only the first"), _("only the second"), _("neither")


def remark(reason: Message | None, ci_reason: Message | None = None) -> str:
    """Why there is no figure, or no interval."""
    if reason is not None:
        return _("Not computable: {reason}", reason=translate(reason))
    return translate(ci_reason) if ci_reason is not None else ""
