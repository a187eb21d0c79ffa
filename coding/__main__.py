"""`python -m coding agreement FILE.csv` and `python -m coding topics FILE.csv`: the same answers as on the screen."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from coding.agreement import RESAMPLES, Agreement, agreement
from coding.judgements import read_judgements
from transcripts.messages import MessageError
from transcripts.parser import Parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 2 with one plain sentence on stderr if it cannot be done."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = Parser(prog="python -m coding", description="Agreement of coders, and topics.")
    commands = parser.add_subparsers(dest="command", required=True)
    agree = commands.add_parser("agreement", help="how far coders agree, from a table unit,coder,code")
    agree.add_argument("file", help="CSV in long form; an empty code says: looked at, nothing applied")
    agree.add_argument("--json", action="store_true", help="print one JSON document")
    agree.add_argument("--bootstrap", type=_count, default=RESAMPLES, metavar="N", help="resamples of units (0: none)")
    agree.set_defaults(run=_agreement)
    topics = commands.add_parser("topics", help="topics of a column of texts")
    if given[:1] == ["topics"]:  # its libraries are not needed for the rest
        cli = import_module("coding.topics.cli")
        cli.add_arguments(topics)
        topics.set_defaults(run=cli.run)
    chosen = parser.parse_args(given)
    try:
        return int(chosen.run(chosen))
    except MessageError as problem:
        print(problem, file=sys.stderr)
    except OSError as problem:
        print(f"The file {problem.filename} cannot be opened: {problem.strerror}.", file=sys.stderr)
    return 2


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of resamples")
    return int(text)


def _agreement(chosen: argparse.Namespace) -> int:
    result = agreement(read_judgements(Path(chosen.file).read_bytes()), resamples=chosen.bootstrap)
    if chosen.json:
        print(json.dumps(asdict(result), ensure_ascii=False, indent=1))
    else:
        print(_as_text(result))
    return 0


def _as_text(result: Agreement) -> str:
    columns = ("percent", "cohen", "fleiss", "alpha", "ac1", "prevalence")
    width = max([len("all codes together"), *(len(code) for code in result.per_code)])
    lines = [
        f"{result.n_coders} coders, {result.n_units} units, {result.n_units_compared} of them seen by two or more",
        " ".join([" " * width, *(f"{name:>10}" for name in columns), "  95 % of alpha"]),
    ]
    for code, one in result.per_code.items():
        values = [getattr(one, name) for name in columns]
        interval = f"  {one.ci[0]:.3f} to {one.ci[1]:.3f}" if one.ci else "  -"
        lines.append(" ".join([f"{code:<{width}}", *(_cell(value) for value in values), interval]))
    overall = result.overall
    values = [overall.percent, overall.cohen, overall.fleiss, overall.alpha_nominal, overall.ac1, None]
    lines.append(" ".join([f"{'all codes together':<{width}}", *(_cell(value) for value in values)]))
    for name, value in (("Jaccard", overall.alpha_jaccard), ("MASI", overall.alpha_masi)):
        lines.append(f"alpha over sets of codes, {name}: {_cell(value).strip()}")
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return f"{'-' if value is None else format(value, '.4f'):>10}"


if __name__ == "__main__":
    sys.exit(main())
