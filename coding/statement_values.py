"""What is said of statements besides their codes: the value of an attribute that a count rests on."""

import pandas as pd

from coding.counts import SESSIONS, expert_statements
from coding.frames import Frames


def chosen_values(
    frames: Frames, attribute: str, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.Series:  # fmt: skip
    """The value that each statement has of one attribute: index statement_id, values as in the codebook.

    Of one coder's layer it is that coder's. Values are not settled one by one, so for the adjudicated layer it is the
    one on which all coders agree who gave any; where they differ, the statement has none (see `differing`).
    """
    given = _given(frames, attribute, layer, coder_id)
    agreed = given.groupby("statement_id", sort=False)["value"].agg(["nunique", "first"])
    return agreed.loc[agreed["nunique"] == 1, "first"].rename(attribute).astype(object)


def differing(frames: Frames, attribute: str) -> int:
    """Statements to which coders gave different values of an attribute: the adjudicated layer leaves them out."""
    return int((_given(frames, attribute, "adjudicated", None).groupby("statement_id")["value"].nunique() > 1).sum())


def judges(frames: Frames, attribute: str) -> int:
    """How many coders gave any value of an attribute: the values of one alone nobody has checked."""
    given = frames.values[(frames.values["attribute"] == attribute) & (frames.values["value"] != "")]
    return int(given["coder_id"].nunique())


def valued(
    frames: Frames,
    attribute: str,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: tuple[str, ...] = SESSIONS,
) -> pd.DataFrame:
    """Statements of experts that have a value of the attribute: statement_id, expert_id, group_id, value."""
    spoken = expert_statements(frames, source_kinds)[["statement_id", "expert_id"]]
    chosen = chosen_values(frames, attribute, layer=layer, coder_id=coder_id).rename("value")
    found = spoken.merge(chosen, left_on="statement_id", right_index=True)
    return found.merge(frames.experts[["expert_id", "group_id"]], on="expert_id")[
        ["statement_id", "expert_id", "group_id", "value"]
    ]


def _given(frames: Frames, attribute: str, layer: str, coder_id: str | None) -> pd.DataFrame:
    """What coders gave, what nobody filled in left out."""
    values = frames.values
    values = values[(values["attribute"] == attribute) & (values["value"] != "")]
    if layer == "adjudicated":
        settled = values[values["layer"] == layer]
        return settled if len(settled) else values
    return values[(values["layer"] == layer) & (values["coder_id"] == coder_id)]
