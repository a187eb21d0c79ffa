"""The demo's statements for the topic model, in either language."""

import csv
from pathlib import Path

from coding.topics.result import StatementText

DEMO = Path(__file__).parents[3] / "survey_app" / "starter" / "demo"


def demo_rows():
    with (DEMO / "statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demo_statements(language):
    return [
        StatementText(row["statement_id"], row[f"text_{language}"], row["group"], row["expert_id"])
        for row in demo_rows()
    ]
