"""`python -m coding agreement FILE.csv`: agreement of coders as one JSON document, or as a table to read."""

import argparse
import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coding.agreement import RESAMPLES, Agreement, agreement
from coding.agreement_parts import PULLING_COLUMNS, per_segment, pulling_down
from coding.agreement_words import meaning
from coding.distances import LEVELS
from coding.judgements import EXPERT, of_units, read_judgements
from coding.pairs import per_pair
from coding.values import ValueAgreement, value_agreement, with_values
from transcripts.messages import Message

SHOWN = 20
"""Units that pull agreement down, in the JSON document."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command understands."""
    parser.add_argument("file", help="CSV in long form; an empty code says: looked at, nothing applied")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--bootstrap", type=_count, default=RESAMPLES, metavar="N",
        help="resamples of experts if the file has a column expert, of units if not (0: none)",
    )  # fmt: skip
    parser.add_argument(
        "--level", choices=LEVELS, help="the codes are values, one a unit, of this level of measurement"
    )
    parser.add_argument("--group", metavar="COLUMN", help="also compare within each group of units that a column names")


def run(chosen: argparse.Namespace) -> int:
    """Print the answer; raises MessageError for what cannot be compared."""
    judgements = read_judgements(Path(chosen.file).read_bytes(), chosen.group)
    clusters = of_units(judgements, EXPERT) if EXPERT in judgements else None
    groups = of_units(judgements, chosen.group.strip().lower()) if chosen.group else None
    if chosen.level:
        judgements = with_values(judgements)
    result = agreement(judgements, resamples=chosen.bootstrap, clusters=clusters)
    values = None
    if chosen.level:
        values = value_agreement(judgements, chosen.level, resamples=chosen.bootstrap, clusters=clusters)
    if not chosen.json:
        print(_as_text(result, values))  # noqa: T201
        return 0
    document = _document(result)
    document["bootstrap_of"] = "units" if clusters is None else "experts"
    document["per_pair"] = plain(per_pair(judgements, codes=list(result.per_code), by_code=True))
    document["pulling_down"] = _pulling_down(judgements)
    if values is not None:
        document["values"] = plain(values)
    if groups is not None:
        parts = per_segment(judgements, groups, codes=list(result.per_code))
        document["per_group"] = {name: _document(part) for name, part in parts.items()}
    print(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False))  # noqa: T201
    return 0


def plain(value: Any) -> Any:
    """What JSON can hold: dataclasses as objects, messages as their English sentence."""
    if isinstance(value, Message):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def _document(result: Agreement) -> dict[str, Any]:
    document: dict[str, Any] = plain(result)
    for code, one in result.per_code.items():
        document["per_code"][code]["meaning"] = None if one.alpha is None else str(meaning("alpha", one.alpha))
    masi = result.overall.alpha_masi
    document["overall"]["meaning"] = None if masi is None else str(meaning("alpha_masi", masi))
    return document


def _pulling_down(judgements: pd.DataFrame) -> list[dict[str, Any]]:
    found = pulling_down(judgements, limit=SHOWN)
    return [
        {
            "unit": unit,
            "disagreement": disagreement,
            "share": share,
            "given": {coder: list(codes) for coder, codes in given},
        }
        for unit, disagreement, share, given in zip(*(found[name] for name in PULLING_COLUMNS), strict=True)
    ]


def _as_text(result: Agreement, values: ValueAgreement | None) -> str:
    columns = ("percent", "cohen", "fleiss", "alpha", "ac1", "prevalence")
    width = max([len("all codes together"), *(len(code) for code in result.per_code)])
    lines = [
        f"{result.n_coders} coders, {result.n_units} units, {result.n_units_compared} of them seen by two or more",
        " ".join([" " * width, *(f"{name:>10}" for name in columns), "  95 % of alpha"]),
    ]
    for code, one in result.per_code.items():
        cells = [getattr(one, name) for name in columns]
        interval = f"  {one.ci[0]:.3f} to {one.ci[1]:.3f}" if one.ci else f"  {one.ci_reason}"
        lines.append(" ".join([f"{code:<{width}}", *(_cell(cell) for cell in cells), interval]))
    overall = result.overall
    cells = [overall.percent, overall.cohen, overall.fleiss, overall.alpha_nominal, overall.ac1, None]
    reason = [f"  {overall.reason}"] if overall.reason else []
    lines.append(" ".join([f"{'all codes together':<{width}}", *(_cell(cell) for cell in cells), *reason]))
    for name, value in (("Jaccard", overall.alpha_jaccard), ("MASI", overall.alpha_masi)):
        lines.append(f"alpha over sets of codes, {name}: {_cell(value).strip()}")
    if values is not None:
        lines.append(
            f"values, {values.level}: alpha {_cell(values.alpha).strip()}, AC2 {_cell(values.ac2).strip()}, "
            f"Brennan-Prediger {_cell(values.brennan_prediger).strip()}, percent {_cell(values.percent).strip()}"
        )
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return f"{'-' if value is None else format(value, '.4f'):>10}"


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of resamples")
    return int(text)
