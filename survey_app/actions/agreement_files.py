"""The report on agreement as files: Word, one page of HTML, a workbook, and the figures by code as CSV."""

from __future__ import annotations

from collections.abc import Collection

from survey_app.actions.agreement_methods import (
    LITERATURE,
    blindness,
    definitions,
    plan_in_words,
    to_copy,
    units_and_codes,
)
from survey_app.actions.agreement_report import Report
from survey_app.actions.agreement_tables import (
    Cell,
    Rows,
    attribute_rows,
    code_rows,
    count_rows,
    group_rows,
    overall_rows,
    pair_rows,
    pairs_by_code,
    passage_rows,
)
from survey_app.actions.exporting import as_csv
from survey_app.actions.paper_files import as_docx
from survey_app.actions.workbooks import Sheet, Value, workbook
from survey_app.language import _, current, label
from survey_app.publishing.methods import date_in_words
from survey_app.publishing.paper import Block, Heading, Paper, Paragraph, Points, Table, as_html
from survey_app.views import agreement_forest as forest
from survey_app.views import measures
from survey_app.views.measures import Figure

MEASURES = ("percent", "prevalence", "alpha", "cohen", "fleiss", "ac1", "brennan_prediger")


def agreement_docx(report: Report) -> bytes:
    """The report as a Word file, landscape."""
    return as_docx(paper_of(report))


def agreement_html(report: Report) -> bytes:
    """The report as one page without scripts."""
    return as_html(paper_of(report))


def agreement_csv(report: Report, *, without: Collection[str] = ()) -> bytes:
    """One row a code for machines: figures with a point, empty where there is none. `without` are codes of which it
    must not be known how often they were given."""
    header = [
        "code_id", "code", "units", "coders", "both", "only_first", "only_second", "neither",
        *(column for name in MEASURES for column in (name, f"{name}_low", f"{name}_high")),
        "resamples", "degenerate", "remark",
    ]  # fmt: skip
    prepared = forest.prepare(report.result, report.agreed.material.codes)
    rows: list[list[object]] = []
    for code_id, remark in zip(prepared["code_id"], code_rows(report.agreed)[1], strict=True):
        if code_id in without:
            continue
        one = report.result.per_code[code_id]
        figures: list[object] = []
        for name in MEASURES:
            value = getattr(one, name)
            low, high = one.intervals.get(name) or ("", "")
            figures += ["", "", ""] if value is None else [value, low, high]
        rows.append(
            [code_id, remark[0], report.result.n_units_compared, report.result.n_coders, *one.pairs_table, *figures,
             one.resamples, one.degenerate, remark[-1]]
        )  # fmt: skip
    return as_csv(header, rows)


def agreement_xlsx(report: Report) -> bytes:
    """Every table of the report on a sheet of its own, figures as numbers."""
    sheets = [
        _sheet(_("Over all codes"), overall_rows(report.agreed)),
        _sheet(_("Codes"), code_rows(report.agreed)),
        _sheet(_("Counts by code"), count_rows(report.agreed)),
        _sheet(_("Pairs of coders"), pair_rows(report.agreed)),
        _sheet(_("Pairs by code"), pairs_by_code(report.agreed)),
        _sheet(_("Groups"), group_rows(report.groups, report.agreed)),
        _sheet(_("Characters and passages"), passage_rows(report.passages)),
    ]
    if report.attributes:
        sheets.append(_sheet(_("Attributes"), attribute_rows(report.attributes)))
    about = [[block.text] for block in _head(report) if isinstance(block, Paragraph)]
    sheets.append(Sheet(_("About"), [_("About")], [*about, *([line] for line in definitions())], [120]))
    return workbook(sheets)


def paper_of(report: Report) -> Paper:
    """The whole report in the language in force."""
    title = _("Agreement of coders: {study}", study=label(report.study, "title"))
    blocks = [*_head(report), *_who(report), *_figures(report), *_parts(report), *_how()]
    return Paper(title, current(), blocks)


def _head(report: Report) -> list[Block]:
    facts = _(
        "{date} · Rakurs {software} · codebook version {version}", date=date_in_words(report.written),
        software=report.software, version=report.codebook,
    )  # fmt: skip
    return [Paragraph(facts, quiet=True), Heading(_("For the methods section")), Paragraph(to_copy(report))]


def _who(report: Report) -> list[Block]:
    material = report.agreed.material
    keys = {text.source_id: text.key for text in material.texts}
    compared = [text for text in material.texts if text.source_id in material.compared]
    codings = material.codings["coder_id"].value_counts()
    rows = [
        [
            coder, measures.listed([text.key for text in compared if coder in text.coders]),
            measures.whole(report.agreed.looked_at[coder]), measures.whole(int(codings.get(coder, 0))),
            blindness(report, coder), measures.whole(report.after_opening.get(coder, 0)),
        ]
        for coder in material.coders
    ]  # fmt: skip
    header = [
        _("Coder"), _("Texts"), _("Statements looked at"), _("Codings"), _("Blind or open"),
        _("Changes of codings after the opening"),
    ]  # fmt: skip
    found: list[Block] = [
        Heading(_("What was coded, and by whom")),
        Table(_("Coders stand by their keys."), header, rows),
        Paragraph(
            _("Texts compared: {texts}. Statements looked at by anybody: {units}; by two coders or more: {compared}.",
              texts=measures.listed([keys[source_id] for source_id in material.compared]),
              units=measures.whole(report.result.n_units), compared=measures.whole(report.result.n_units_compared))
        ),
        Points(units_and_codes()),
    ]  # fmt: skip
    if report.samples:
        drawn = [
            [row["name"], str(row["seed"]), measures.whole(row["statements"]), plan_in_words(row["plan"])]
            for row in report.samples
        ]
        names = [_("Sample"), _("Random seed"), _("Statements in these texts"), _("Plan")]
        found.append(Table(_("Statements drawn by chance to be coded by two or more."), names, drawn))
    return found


def _figures(report: Report) -> list[Block]:
    agreed = report.agreed
    prepared = forest.prepare(report.result, agreed.material.codes)
    lacking = [
        _("{reason} This concerns: {codes}.", reason=reason, codes=measures.listed(names))
        for reason, names in forest.without(prepared).items()
    ]
    found: list[Block] = [
        Heading(_("Agreement over all codes")),
        *_table(_("Figures over whole sets of codes."), overall_rows(agreed)),
        Heading(_("Agreement by code")),
        *_table(_("Coefficients with intervals (95 %) in brackets; lowest alpha first."), code_rows(agreed)),
        *_table(
            _("What they rest on. Counts are statements, summed over all pairs of coders where there are more than "
              "two; resamples are those of alpha."), count_rows(agreed),
        ),
    ]  # fmt: skip
    if lacking:
        found += [Heading(_("Not computable"), 2), Points(lacking)]
    return found


def _parts(report: Report) -> list[Block]:
    agreed = report.agreed
    found: list[Block] = [
        Heading(_("Agreement of pairs of coders")),
        *_table(_("Each pair on the statements that both looked at, over whole sets of codes."), pair_rows(agreed)),
    ]
    if len(agreed.material.coders) > 2:
        found += _table(_("Each pair on the codes that one of the two applied."), pairs_by_code(agreed))
    found += [
        Heading(_("Agreement by stakeholder group")),
        *_table(_("Each group's statements by themselves."), group_rows(report.groups, agreed)),
    ]
    if report.attributes:
        found += [
            Heading(_("Agreement on attributes of statements")),
            *_table(
                _("Statements to which two coders or more gave a value. AC1 for values that are not in order, AC2 with "
                  "ordinal weights for those that are."), attribute_rows(report.attributes),
            ),
        ]  # fmt: skip
    found += [
        Heading(_("Agreement on characters and passages")),
        *_table(
            _("By the character: whether each character of the text carries the code. Unitizing alpha: where passages "
              "begin and end, in the statements that all coders looked at ({length} characters).",
              length=measures.whole(report.passages.length)), passage_rows(report.passages),
        ),
    ]  # fmt: skip
    return found


def _how() -> list[Block]:
    return [
        Heading(_("How it was computed")), Points(definitions()), Heading(_("Literature")), Points(list(LITERATURE)),
    ]  # fmt: skip


def _table(caption: str, rows: Rows) -> list[Block]:
    """A table; remarks stand below it, each once, with a letter in its rows."""
    header, listed = rows
    if header[-1] != _("Remark"):
        return [Table(caption, header, [[_in_words(cell) for cell in row] for row in listed])]
    remarks = list(dict.fromkeys(str(row[-1]) for row in listed if row[-1]))
    marks = {remark: chr(ord("a") + place) for place, remark in enumerate(remarks)}
    if not marks:
        return [Table(caption, header[:-1], [[_in_words(cell) for cell in row[:-1]] for row in listed])]
    cells = [[*(_in_words(cell) for cell in row[:-1]), marks.get(str(row[-1]), "")] for row in listed]
    notes = [Paragraph(f"{mark} – {remark}", quiet=True) for remark, mark in marks.items()]
    return [Table(caption, header, cells), *notes]


def _in_words(cell: Cell) -> str:
    return measures.whole(cell) if isinstance(cell, int) else str(cell)


def _sheet(title: str, rows: Rows) -> Sheet:
    """Figures as numbers; one that has an interval takes three columns."""
    header, listed = rows
    ranged = [
        any(isinstance(cell, Figure) and cell.ranged for cell in column) for column in zip(*listed, strict=True)
    ] or [False] * len(header)
    names = [
        part
        for name, wide in zip(header, ranged, strict=True)
        for part in ([name, _("{name}: from", name=name), _("{name}: to", name=name)] if wide else [name])
    ]
    cells = [
        [value for cell, wide in zip(row, ranged, strict=True) for value in _values(cell, wide=wide)] for row in listed
    ]
    return Sheet(title, names, cells, [34 if not at else 14 for at in range(len(names))])


def _values(cell: Cell, *, wide: bool) -> list[Value]:
    if not isinstance(cell, Figure):
        return [cell, "", ""] if wide else [cell]
    known = cell.value is not None
    value: Value = cell.value if cell.value is not None else measures.NONE
    low, high = cell.ci if known and cell.ci is not None else ("", "")
    return [value, low, high] if wide else [value]
