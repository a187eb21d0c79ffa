"""Which codes come from the same people: a tree of codes by the experts that they share."""

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.closeness import joinings, unshared
from coding.counts import presence
from coding.frames import Frames
from coding.segments import ALL
from coding.shown_codes import shown_codes
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.segment_names import records
from survey_app.views.tree_lines import Join, Leaf, tree

MOST = 24
_CODE = ["code_id", "polarity", "label_en", "label_ru", "order"]


def title() -> str:
    """The question that the chart answers."""
    return _("Which codes come from the same people?")


def reading(prepared: pd.DataFrame, *, fewest: int = 2) -> str:
    """How to read it, and how many codes are not in it."""
    said = [
        _("From the left, lines join codes that the same experts name: the further left they meet, the more experts "
          "they share (1: all who name either, 0: none; of several codes the mean). The larger a mark, the more "
          "experts; problems are orange, enablers blue. Select a mark to read the words.")
    ]  # fmt: skip
    out = prepared[(prepared["step"] == 0) & ~prepared["drawn"]]
    few = int((out["k"] < fewest).sum())
    if few:
        said.append(_("Left out, since fewer than {fewest} experts name them: {codes}.", fewest=fewest,
                      codes=_codes(few)))  # fmt: skip
    if len(out) > few:
        said.append(_("Left out, since other codes are named by more: {codes}.", codes=_codes(len(out) - few)))
    return " ".join(said)


def prepare(
    frames: Frames, *, most: int = MOST, fewest: int = 2, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """The `most` codes that most experts name, `fewest` or more, as a tree: one row a joining, the closest first.

    step (from 1), one and other (tuples of code_id), distance (1 - Jaccard of the sets of experts, of several codes the
    mean), both and either (experts who name something on both sides, on either). Before them a row with step 0 for each
    code below its root: code_id, polarity, label_en, label_ru, k of n experts, drawn.
    """
    said = presence(frames, layer=layer, coder_id=coder_id)
    codes = frames.codes.loc[shown_codes(frames), _CODE]
    codes = codes.assign(k=said[codes["code_id"]].sum().to_numpy(dtype="int64"), n=len(said), step=0)
    codes = codes.sort_values(["k", "order"], ascending=[False, True], kind="stable")
    codes["drawn"] = (codes["k"] >= fewest) & (np.arange(len(codes)) < most)
    drawn = codes.loc[codes["drawn"], "code_id"].tolist()
    joins = []
    for step, join in enumerate(joinings(unshared(said[drawn].to_numpy())), 1):
        one, other = (tuple(drawn[place] for place in side) for side in (join.one, join.other))
        names_one, names_other = (said[list(side)].any(axis=1) for side in (one, other))
        joins.append({
            "step": step, "one": one, "other": other, "distance": join.distance,
            "both": int((names_one & names_other).sum()), "either": int((names_one | names_other).sum()),
        })  # fmt: skip
    columns = ["step", "one", "other", "distance", "both", "either"]
    found = pd.concat([codes, pd.DataFrame(joins, columns=columns)], ignore_index=True)
    return found.assign(drawn=found["drawn"].eq(True))


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A dendrogram that grows to the right; experts of a code are the size of its mark."""
    codes = records(prepared[prepared["drawn"]])
    if not codes:
        return style.nothing_to_show(_("No code is named by enough experts."), dark)
    look = style.palette(dark)
    leaves = [
        Leaf(row["code_id"], label(row), int(row["k"]), style.of_polarity(row["polarity"], dark), _hover(row),
             [row["code_id"], ALL])
        for row in codes
    ]  # fmt: skip
    ticks = [0, 0.5, 1]
    return tree(
        leaves, [Join(join["one"], join["other"], join["distance"]) for join in _joins(prepared)], dark=dark, row=30,
        margin={"b": 44},
        xaxis={
            "range": [-0.03, 1.04], "showgrid": True, "gridcolor": look.track, "tickmode": "array", "tickvals": ticks,
            "ticktext": [style.number(1 - tick, 2) for tick in ticks], "tickfont": {"color": look.soft},
            "title": {"text": _("experts in common"), "standoff": 4,
                      "font": {"color": look.soft, "size": style.TEXT_SIZE - 1}},
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The two codes that share most of their experts, and the code that shares fewest."""
    joins = _joins(prepared)
    if not joins:
        return _("No two codes are named by enough experts.")
    names, first = _names(prepared), joins[0]
    said = _(
        "“{one}” and “{other}” come from the same people most: {share} name both", one=names[first["one"][0]],
        other=names[first["other"][0]], share=style.k_of_n_experts(int(first["both"]), int(first["either"])),
    )  # fmt: skip
    alone = [join for join in joins if len(join["one"]) == 1 or len(join["other"]) == 1][-1]
    if alone is first:
        return said
    last = alone["one"] if len(alone["one"]) == 1 else alone["other"]
    return said + "; " + _("“{name}” shares fewest with any other", name=names[last[0]])


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every joining with the codes on both sides, the closest first; the index names the first code."""
    joins, names = _joins(prepared), _names(prepared)
    columns: dict[str, list[Any]] = {
        _("Step"): [int(join["step"]) for join in joins],
        _("These codes"): ["; ".join(names[code] for code in join["one"]) for join in joins],
        _("join these"): ["; ".join(names[code] for code in join["other"]) for join in joins],
        _("Jaccard"): [style.number(1 - join["distance"], 3) for join in joins],
        _("name both"): [style.k_of_n(int(join["both"]), int(join["either"])) for join in joins],
    }
    index = pd.MultiIndex.from_tuples([(join["one"][0], ALL) for join in joins], names=["code_id", "segment"])
    return pd.DataFrame(columns, index=index)


def _joins(prepared: pd.DataFrame) -> list[dict[str, Any]]:
    return records(prepared[prepared["step"] > 0].sort_values("step"))


def _names(prepared: pd.DataFrame) -> dict[str, str]:
    return {row["code_id"]: label(row) for row in records(prepared[prepared["drawn"]])}


def _codes(count: int) -> str:
    return ngettext("{count} code", "{count} codes", count)


def _hover(row: dict[str, Any]) -> str:
    return f"<b>{style.wrapped(label(row), 48)}</b><br>{style.k_of_n_experts(int(row['k']), int(row['n']))}"
