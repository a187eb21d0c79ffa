"""From topics to people and to codes: who speaks of a topic, what it shares with the codebook, and what neither has.

The codes of statements come as a frame of statement_id and code_id, of one layer (`coding.counts.mentions`); people are
those of its column expert_id. Nothing here is a test: one statement often has several codes, and one person says many.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

UNCODED_SHARE = 0.4
"""Share of a topic's statements without a code from which on the codebook may lack it."""
FEWEST_EXPERTS = 2
"""Fewest people whose statements without a code are worth a code."""
SPREAD_OVER = 2.0
"""Effective number of topics from which on a code may be two."""
FEWEST_STATEMENTS = 8
"""Fewest statements of a code whose spread is told: fewer lie apart by chance."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far topics and codes part the same statements alike, over `statements` that have both; None below two.

    `nmi`: mutual information over the mean of both entropies, 0 to 1; it grows with the number of topics alone.
    `ari`: adjusted Rand index (Hubert and Arabie 1985): 0 by chance, 1 the same parts.
    """

    statements: int
    nmi: float | None
    ari: float | None


def experts_per_topic(topics: pd.DataFrame, statements: pd.DataFrame, experts: pd.DataFrame) -> pd.DataFrame:
    """One row for every topic and group, zeros included: topic, group_id, k, n.

    `topics` keeps the TOPICS contract; k of the n experts of the group said something in the topic. Statements
    left out of the model (topic -1), and everyone who is not an expert of the study, do not count.
    """
    said = topics.loc[topics["topic"] >= 0, ["statement_id", "topic"]]
    said = said.merge(statements[["statement_id", "expert_id"]], on="statement_id")
    said = said.merge(experts[["expert_id", "group_id"]], on="expert_id")
    people = experts.groupby("group_id", sort=True)["expert_id"].nunique()
    numbers = sorted(topics.loc[topics["topic"] >= 0, "topic"].unique())
    every = pd.MultiIndex.from_product([numbers, people.index], names=["topic", "group_id"])
    k = said.groupby(["topic", "group_id"])["expert_id"].nunique().reindex(every, fill_value=0).astype("int64")
    rows = k.rename("k").reset_index()
    rows["n"] = rows["group_id"].map(people).astype("int64")
    return rows


def topics_and_codes(topics: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Topics and codes that share anything, each pair a row, zeros included: topic, code_id, statements, k, expected,
    residual.

    `k` experts said something that is in the topic and has the code. A person counts once for each such pair, however
    much they said. `residual` is the adjusted standardised residual of k in the table of all k: with row total r,
    column total c and total n, e = r c / n, (k - e) / sqrt(e (1 - r / n) (1 - c / n)) (Agresti, Categorical Data
    Analysis, 3.3.1); 0 where the root is 0. It shades a cell and tests nothing: the same person stands in many cells.
    """
    both = _both(topics, coded)
    names = ["topic", "code_id"]
    every = pd.MultiIndex.from_product([sorted(both["topic"].unique()), sorted(both["code_id"].unique())], names=names)
    found = both.groupby(names).agg(statements=("statement_id", "nunique"), k=("expert_id", "nunique"))
    rows = found.reindex(every, fill_value=0).astype("int64").reset_index()
    row = rows.groupby("topic")["k"].transform("sum").to_numpy(dtype=float)
    column = rows.groupby("code_id")["k"].transform("sum").to_numpy(dtype=float)
    total = float(rows["k"].sum()) or 1.0
    expected = row * column / total
    room = np.sqrt(expected * (1 - row / total) * (1 - column / total))
    away = rows["k"].to_numpy(dtype=float) - expected
    return rows.assign(expected=expected, residual=np.divide(away, room, out=np.zeros_like(away), where=room > 1e-12))


def likeness(topics: pd.DataFrame, coded: pd.DataFrame) -> Likeness:
    """How alike topics and codes are over the statements that have both.

    A statement with several codes shares its weight of one equally among them. Two statements are then together in
    the codes as far as a code drawn from each at equal chances is the same, so that with one code a statement both
    measures are the usual ones.
    """
    both = _both(topics, coded)
    weight = 1 / both.groupby("statement_id")["code_id"].transform("size").to_numpy(dtype=float)
    number = both["statement_id"].nunique()
    if number < 2:
        return Likeness(number, None, None)
    topic, _topics = pd.factorize(both["topic"])
    code, _codes = pd.factorize(both["code_id"])
    table, squares = np.zeros((2, topic.max() + 1, code.max() + 1))
    np.add.at(table, (topic, code), weight)
    np.add.at(squares, (topic, code), weight**2)
    return Likeness(number, _nmi(table), _ari(table, squares, number))


def without_code(topics: pd.DataFrame, coded: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """What of each topic has no code: topic, statements, uncoded, experts (who said what has none), share.

    `statements` (statement_id, expert_id) are those that a coder could have coded: what lies in a text that nobody has
    coded yet says nothing about the codebook. Topics with the most uncoded people come first.
    """
    said = _placed(topics).merge(statements[["statement_id", "expert_id"]], on="statement_id")
    said["bare"] = ~said["statement_id"].isin(set(coded["statement_id"]))
    whole = said.groupby("topic")["statement_id"].nunique()
    bare = (
        said[said["bare"]].groupby("topic").agg(uncoded=("statement_id", "nunique"), experts=("expert_id", "nunique"))
    )
    rows = whole.rename("statements").to_frame().join(bare).fillna(0).astype("int64").reset_index()
    rows["share"] = rows["uncoded"] / rows["statements"]
    return rows.sort_values(["experts", "uncoded", "topic"], ascending=[False, False, True], ignore_index=True)


def lacking(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of `without_code` that the codebook may lack."""
    return found[(found["share"] >= UNCODED_SHARE) & (found["experts"] >= FEWEST_EXPERTS)].reset_index(drop=True)


def spread(topics: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Over how many topics each code lies: code_id, statements, topics, effective; the most spread first.

    `effective` is exp of the entropy of its statements over topics (Hill 1973, order 1): four topics alike are 4.
    """
    rows = []
    for code_id, part in _both(topics, coded).groupby("code_id", sort=True):
        shares = part["topic"].value_counts(normalize=True).to_numpy()
        rows.append((code_id, len(part), len(shares), float(np.exp(-(shares * np.log(shares)).sum()))))
    found = pd.DataFrame(rows, columns=["code_id", "statements", "topics", "effective"])
    return found.sort_values(["effective", "statements", "code_id"], ascending=[False, False, True], ignore_index=True)


def divided(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of `spread` that may be two codes."""
    wide = (found["effective"] >= SPREAD_OVER) & (found["statements"] >= FEWEST_STATEMENTS)
    return found[wide].reset_index(drop=True)


def _placed(topics: pd.DataFrame) -> pd.DataFrame:
    return topics.loc[topics["topic"] >= 0, ["statement_id", "topic"]]


def _both(topics: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """One row a statement and code, with the topic: what has both."""
    return coded.drop_duplicates(["statement_id", "code_id"]).merge(_placed(topics), on="statement_id")


def _nmi(table: np.ndarray) -> float:
    """0 where either side is one part alone, but 1 where both are."""
    joint = table / table.sum()
    one, other = joint.sum(axis=1), joint.sum(axis=0)
    mean = (_entropy(one) + _entropy(other)) / 2
    if mean < 1e-12:
        return 1.0
    shared = _entropy(one) + _entropy(other) - _entropy(joint.ravel())
    return float(np.clip(shared / mean, 0, 1))


def _entropy(shares: np.ndarray) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())


def _ari(table: np.ndarray, squares: np.ndarray, number: int) -> float:
    """Over pairs of different statements: a statement's pairs with itself (`squares`) are taken out."""
    together = ((table**2).sum() - squares.sum()) / 2
    sizes = table.sum(axis=1)
    of_topics = (sizes * (sizes - 1)).sum() / 2
    of_codes = ((table.sum(axis=0) ** 2) - squares.sum(axis=0)).sum() / 2
    expected = of_topics * of_codes / (number * (number - 1) / 2)
    most = (of_topics + of_codes) / 2
    return 1.0 if abs(most - expected) < 1e-12 else float((together - expected) / (most - expected))
