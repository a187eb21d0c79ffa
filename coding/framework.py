"""The framework matrix: experts by questions of the guide, or by codes; which statements stand behind a cell.

The method is the framework of Ritchie and Spencer (1994): charted by case and theme, summed up in the researcher's own
words, each cell leading back to what was said.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from coding.counts import lineage

QUESTION, CODE = "question", "code"


def column_key(kind: str, key: str) -> str:
    """How a column is written: "question:Q1" or "code:prob.skills"."""
    return f"{kind}:{key}"


def statements_behind(
    statements: pd.DataFrame, coded: pd.DataFrame, codes: pd.DataFrame, experts: pd.DataFrame, columns: Iterable[str]
) -> dict[tuple[str, str], list[str]]:
    """For each expert_id and column that has any, the ids of the expert's statements in the order of sources and talk.

    A question's are those that answer it; a code's those that carry it or one below it in `coded`, which are the codes
    of statements (`coding.codings.codes_of_statements`) by one layer and one coder. Columns that are neither have none.
    """
    own = statements[statements["expert_id"].isin(experts["expert_id"])]
    place = {statement_id: at for at, statement_id in enumerate(own["statement_id"])}
    asked = own.assign(column="question:" + own["question_id"].astype(str))[["expert_id", "column", "statement_id"]]
    asked = asked[own["question_id"] != ""]
    joined = coded[["statement_id", "code_id"]].merge(lineage(codes), on="code_id")
    joined = joined.merge(own[["statement_id", "expert_id"]], on="statement_id")
    coded = joined.assign(column="code:" + joined["ancestor"].astype(str))[["expert_id", "column", "statement_id"]]
    pairs = pd.concat([asked, coded]).drop_duplicates()
    pairs = pairs[pairs["column"].isin(set(columns))]
    pairs = pairs.assign(place=pairs["statement_id"].map(place)).sort_values("place", kind="stable")
    found: dict[tuple[str, str], list[str]] = {}
    for expert_id, column, statement_id in zip(pairs["expert_id"], pairs["column"], pairs["statement_id"], strict=True):
        found.setdefault((str(expert_id), str(column)), []).append(str(statement_id))
    return found
