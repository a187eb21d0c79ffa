"""From topics to people: how many experts of each group spoke of a topic."""

import pandas as pd


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
