"""`python -m coding topics FILE.csv --text COLUMN`: topics of a column of texts."""

import argparse
import json
import os
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coding.topics.result import LARGEST_SEED, LEFT_OUT, StatementText, TopicResult, check_settings
from coding.topics.rows import read_rows
from transcripts.messages import Message, sentence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="a table with a header, one statement a row")
    parser.add_argument("--text", required=True, metavar="COLUMN", help="the column with the statements")
    parser.add_argument("--group", metavar="COLUMN", help="count the statements of each topic by this column")
    parser.add_argument(
        "--seed", type=int, default=0, help=f"the same seed gives the same topics (0 to {LARGEST_SEED}, default 0)"
    )
    parser.add_argument("--topics", type=int, metavar="N", help="how many topics; default: a proposal")
    parser.add_argument("--model", metavar="NAME|FOLDER", help="a sentence-transformers model on this machine")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print the topics; 0. Raises MessageError for what a person can mend."""
    check_settings(args.seed, args.topics)
    table = read_rows(args.file, [args.text, *([args.group] if args.group else [])])
    rows = table.cells
    from coding.topics.model import fit_topics

    width = len(str(len(rows)))  # ids that sort as the rows do
    statements = [
        StatementText(f"{index:0{width}}", row[args.text], row[args.group] if args.group else "")
        for index, row in enumerate(rows)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = fit_topics(
            statements, model=args.model, seed=args.seed, n_topics=args.topics, cache_folder=data_folder()
        )
    result = replace(result, notices=(*table.notices, *result.notices))
    print(json.dumps(as_json(result, statements), ensure_ascii=False) if args.json else as_text(result, statements))  # noqa: T201
    return 0


def data_folder() -> Path:
    """Where models and vectors made on this machine are kept, as the application has it."""
    return Path(os.environ.get("RAKURS_DATA") or Path.home() / "rakurs-data")


def as_json(result: TopicResult, statements: Sequence[StatementText]) -> dict[str, Any]:
    """The contract's document; `row` counts the file's rows from 0, `representative` holds texts."""
    texts = {each.id: each.text for each in statements}
    return {
        "n": result.n,
        "model": result.model,
        "seed": result.seed,
        "topics": [
            {
                "topic": topic.number,
                "size": topic.size,
                "words": list(topic.words),
                "representative": [texts[each] for each in topic.representative],
                "groups": _groups(result, topic.number, statements),
            }
            for topic in result.topics
        ],
        "assignments": [
            {"row": int(each.statement_id), "topic": each.topic, "probability": each.probability}
            for each in result.assignments
        ],
        "quality": {
            "npmi": result.quality.npmi, "diversity": result.quality.diversity,
            "outliers": result.quality.outliers, "stability": result.quality.stability,
        },
        "notices": [str(each) for each in result.notices],
    }  # fmt: skip


def as_text(result: TopicResult, statements: Sequence[StatementText]) -> str:
    """The same for a person at the terminal."""
    texts = {each.id: each.text for each in statements}
    measured = result.quality
    head: list[Message] = [
        sentence("{n} statements, model {model}, seed {seed}", n=result.n, model=result.model, seed=result.seed),
        sentence(
            "coherence (NPMI) {npmi}, diversity of words {diversity}, left out {outliers}, stability {stability}",
            npmi="–" if measured.npmi is None else f"{measured.npmi:.2f}", diversity=f"{measured.diversity:.2f}",
            outliers=f"{measured.outliers:.0%}", stability=f"{measured.stability:.2f}",
        ),
    ]  # fmt: skip
    lines = [str(each) for each in [*head, *result.notices]]
    for topic in result.topics:
        groups = ", ".join(
            f"{name or '–'} {count}" for name, count in _groups(result, topic.number, statements).items()
        )
        lines += ["", f"{topic.number}. ({topic.size}) {', '.join(topic.words)}", *([f"   {groups}"] if groups else [])]
        lines += [f"   > {' '.join(texts[each].split())}" for each in topic.representative]
    left = sum(each.topic == LEFT_OUT for each in result.assignments)
    return "\n".join([*lines, *(["", f"{LEFT_OUT}. ({left})"] if left else [])])


def _groups(result: TopicResult, number: int, statements: Sequence[StatementText]) -> dict[str, int]:
    """Statements of a topic by group, the largest first; {} without a column of groups."""
    group = {each.id: each.group for each in statements}
    counts = Counter(group[each.statement_id] for each in result.assignments if each.topic == number)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))) if any(group.values()) else {}
