"""The demo study as frames, in either language, for tests. Every known answer of it stands in `EXPECTED`."""

import csv
import json
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pandas as pd

from coding.codebook import Codebook, codes_frame, read_codebook
from coding.frames import ANSWERS, Frames, empty
from coding.guide import Guide, Stakeholders, read_guide, read_stakeholders

STARTER = Path(__file__).parents[2] / "survey_app" / "starter"
DEMO, DOMAIN = STARTER / "demo", STARTER / "domain"
EXPECTED = json.loads((DEMO / "expected.json").read_text("utf-8"))


def table(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statement_uuid(label: str) -> str:
    return str(uuid5(NAMESPACE_OID, label))


def spans(language: str) -> dict[str, tuple[int, int]]:
    """The place of every statement (by label) in its session's text: statements joined by one line feed."""
    places, ends = {}, dict[str, int]()
    for row in table("statements.csv"):
        start = ends.get(row["session"], -1) + 1
        end = start + len(row[f"text_{language}"])
        places[row["statement_id"]], ends[row["session"]] = (start, end), end
    return places


def statements(language: str) -> pd.DataFrame:
    places = spans(language)
    return pd.DataFrame(
        [
            {
                "statement_id": statement_uuid(row["statement_id"]), "label": row["statement_id"],
                "source_id": row["session"], "source_kind": "session", "turn": row["turn"], "order": row["order"],
                "start": places[row["statement_id"]][0], "end": places[row["statement_id"]][1],
                "expert_id": row["expert_id"], "role": "expert", "text": row[f"text_{language}"],
                "language": language, "question_id": row["guide_question"], "start_s": None, "end_s": None,
            }
            for row in table("statements.csv")
        ]
    )  # fmt: skip


def codings(language: str) -> pd.DataFrame:
    places = spans(language)
    return pd.DataFrame(
        [
            {
                "coding_id": f"{row['coder']}/{row['statement_id']}/{row['code']}", "source_id": row["session"],
                "start": places[row["statement_id"]][0], "end": places[row["statement_id"]][1],
                "code_id": row["code"], "coder_id": row["coder"],
                "layer": "adjudicated" if row["coder"] == "adjudicated" else "coder", "origin": "hand",
            }
            for row in table("codings.csv")
        ]
    )  # fmt: skip


def values() -> pd.DataFrame:
    """What coder A says of statements besides their codes."""
    attributes = [one.key for one in codebook().attributes]
    return pd.DataFrame(
        [
            {"statement_id": statement_uuid(row["statement_id"]), "source_id": row["session"], "attribute": key,
             "value": row[key], "coder_id": "A"}
            for row in table("statements.csv")
            for key in attributes
            if row[key]
        ]
    )  # fmt: skip


def experts(language: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "expert_id": row["expert_id"], "group_id": row["group"], "level": row["level"],
                "sector": row["sector"], "region": row[f"region_{language}"], "consent": row["consent_quotes"],
            }
            for row in table("experts.csv")
        ]
    )  # fmt: skip


@cache
def codebook() -> Codebook:
    return read_codebook((DOMAIN / "codebook.yaml").read_text("utf-8"))


@cache
def guide() -> Guide:
    return read_guide((DOMAIN / "interview_guide.yaml").read_text("utf-8"))


@cache
def stakeholders() -> Stakeholders:
    return read_stakeholders((DOMAIN / "stakeholders.yaml").read_text("utf-8"))


@cache
def demo(language: str = "en") -> Frames:
    """The study with its 280 statements, 20 experts, the codings of A, B, C and of the adjudication, and A's values."""
    return Frames(
        statements=statements(language), experts=experts(language), groups=stakeholders().groups,
        codes=codes_frame(codebook()), codings=codings(language), items=guide().items, answers=empty(ANSWERS),
        values=values(),
    )  # fmt: skip


def reviewed_by(coder: str) -> list[str]:
    """Labels of the statements that the coder has looked at."""
    return [row["statement_id"] for row in table("statements.csv") if coder in row["reviewed_by"].split(";")]
