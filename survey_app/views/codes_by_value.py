"""Codes by a value of the statements that have them: stage, status, direction, level meant, who benefits."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.codebook import NO_VALUE, StatementAttribute
from coding.counts import mentions
from coding.frames import Frames
from coding.segments import ALL
from coding.shown_codes import shown_codes
from coding.statement_values import chosen_values, differing, judges
from survey_app.language import _, label, ngettext
from survey_app.views import segment_tiles, style
from survey_app.views.code_rows import CODE
from survey_app.views.segment_names import each_once, records, segment_name

NONE = NO_VALUE
"""The column of statements without a value."""
_MOST_VALUES = 8
_LABEL_WIDTH = 48


def title(attribute: StatementAttribute | None = None) -> str:
    """The question that the chart answers."""
    if attribute is None:
        return _("What do they say of it?")
    asked = {
        "direction": _("Who addresses whom: authority or society?"), "status": _("What is open, and what is solved?"),
        "stage": _("Of which stage of development do they speak?"), "level_meant": _("Which level is meant?"),
        "beneficiary": _("Who benefits?"), "life_situation": _("In which life situations?"),
    }  # fmt: skip
    return asked.get(attribute.key) or _("“{attribute}”: which codes?", attribute=label(attribute) or attribute.key)


def reading(prepared: pd.DataFrame | None = None) -> str:
    """How to read it, and how many statements coders judged differently."""
    told = _(
        "3/20 means that three of the twenty experts name the code in a statement of this kind; an expert may stand in "
        "several columns. The last one counts the code whatever the statement says. Select a tile to read the words."
    )
    if prepared is None or prepared.empty:
        return told
    if prepared["judges"].iloc[0] == 1:
        told += " " + _("One coder alone has judged this.")
    apart = int(prepared["differing"].iloc[0])
    if not apart:
        return told
    return told + " " + ngettext(
        "{count} statement that coders judged differently has no value here.",
        "{count} statements that coders judged differently have no value here.", apart,
    )  # fmt: skip


def prepare(
    frames: Frames, attribute: StatementAttribute, *, root: str = "", group_ids: Collection[str] | None = None,
    layer: str = "adjudicated", coder_id: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """One row a code below `root` (all if "") that somebody names and a value: the code's columns, `segment` (the
    value's key; `NONE` for statements without one; `ALL` whatever they say) with its names and `position`, k of the n
    experts of these groups (of all if None), statements, `differing` statements, `judges`: coders who
    gave a value.

    Of an open list the values that most statements have come first, `_MOST_VALUES` at most.
    """
    experts = frames.experts if group_ids is None else frames.experts[frames.experts["group_id"].isin(list(group_ids))]
    said = mentions(frames, layer=layer, coder_id=coder_id, with_parents=True)
    said = said[said["expert_id"].isin(experts["expert_id"])]
    value_of = chosen_values(frames, attribute.key, layer=layer, coder_id=coder_id)
    said = said.assign(value=said["statement_id"].map(value_of).fillna(NONE))
    values = _values(attribute, said)
    said = pd.concat([said[said["value"].isin([*values, NONE])], said.assign(value=ALL)])
    counted = said.groupby(["code_id", "value"]).agg(k=("expert_id", "nunique"), statements=("statement_id", "nunique"))
    codes = frames.codes[shown_codes(frames)].sort_values("order", kind="stable")
    codes = codes[codes["root"].eq(root) | (not root)]
    named = codes.loc[codes["code_id"].isin(said["code_id"]), CODE]
    columns = [*values, NONE, ALL]
    names = [*values.values(), ("", ""), ("", "")]
    places = pd.DataFrame(
        [(key, at, en, ru, en, ru) for at, (key, (en, ru)) in enumerate(zip(columns, names, strict=True))],
        columns=["segment", "position", "segment_en", "segment_ru", "brief_en", "brief_ru"],
    )
    rows = named.merge(places, how="cross")
    keys = pd.MultiIndex.from_frame(rows[["code_id", "segment"]])
    rows[["k", "statements"]] = counted.reindex(keys, fill_value=0).to_numpy(dtype="int64")
    apart = differing(frames, attribute.key) if layer == "adjudicated" else 0
    return rows.assign(n=len(experts), differing=apart, judges=judges(frames, attribute.key))


def figure(prepared: pd.DataFrame, *, top: int = 12, dark: bool = False) -> go.Figure:
    """Tiles, the `top` codes that most experts name; all of a code's experts apart."""
    rows = _ranked(prepared)
    if not _has_values(rows):
        return style.nothing_to_show(_nothing(), dark)
    codes = rows.drop_duplicates("code_id").head(top)
    shown = records(rows[rows["code_id"].isin(codes["code_id"]) & rows["segment"].ne(NONE)])
    places = {key: at for at, key in enumerate(dict.fromkeys(row["segment"] for row in shown))}
    shown = [row | {"position": places[row["segment"]]} for row in shown]
    look = style.palette(dark)
    colours = [
        style.shade(row["k"] / row["n"] if row["n"] else 0, dark) if row["segment"] != ALL else look.track
        for row in shown
    ]
    more = rows["code_id"].nunique() - len(codes)
    figure = segment_tiles.tiles(
        shown, key="code_id", labels=[style.wrapped(label(row), _LABEL_WIDTH) for row in records(codes)],
        hovers=[_hover(row) for row in shown], colours=colours, dark=dark, room=24 if more else 0,
    )  # fmt: skip
    if more:
        figure.add_annotation(
            text=ngettext("{count} more in the table", "{count} more in the table", more), showarrow=False,
            xref="paper", x=1, xanchor="right", yref="paper", y=0, yanchor="top", yshift=-4,
            font={"color": look.soft, "size": style.TEXT_SIZE - 1},
        )  # fmt: skip
    return figure


def finding(prepared: pd.DataFrame) -> str:
    """For the value that most statements have, the code that most experts name with it; and what has no value."""
    if not _has_values(prepared):
        return _nothing()
    rows = prepared[~prepared["segment"].isin([ALL, NONE])]
    totals = rows.groupby("segment", sort=False)["statements"].sum()
    said = []
    for value in totals.sort_values(ascending=False, kind="stable").index[:2]:
        own = rows[(rows["segment"] == value) & (rows["k"] > 0)]
        if len(own):
            first = records(own.sort_values(["k", "statements"], ascending=False, kind="stable").head(1))[0]
            said.append(
                _("{value}: most often “{code}” ({count})", value=segment_name(first), code=label(first),
                  count=style.k_of_n_experts(first["k"], first["n"]))
            )  # fmt: skip
    return ". ".join(said)


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every code with its experts and statements for each value, and the statements without one."""
    rows = _ranked(prepared)
    rows = rows[rows["segment"].ne(NONE) | rows["statements"].gt(0)]
    codes = rows.drop_duplicates("code_id")
    columns = records(rows.drop_duplicates("segment").sort_values("position"))
    cells = rows.assign(cell=[f"{segment_tiles.k_of_n_cell(row)} ({row['statements']})" for row in records(rows)])
    wide = cells.pivot_table(index="code_id", columns="position", values="cell", aggfunc="first").fillna("")
    wide = wide.reindex(index=codes["code_id"])
    wide.insert(0, "code", [label(row) for row in records(codes)])
    names = [_("without a value") if each["segment"] == NONE else segment_name(each) for each in columns]
    wide.columns = pd.Index(each_once([_("Codes"), *names]))
    wide.index = pd.MultiIndex.from_tuples([(code_id, ALL) for code_id in wide.index], names=["code_id", "segment"])
    return wide


def _values(attribute: StatementAttribute, said: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Values with their names: those of the codebook in its order that somebody used, else the most frequent ones."""
    frequency = said.loc[said["value"] != NONE].drop_duplicates("statement_id")["value"].value_counts()
    known = {each.key: (each.label_en or each.label_ru or each.key, each.label_ru or each.label_en or each.key)
             for each in attribute.values}  # fmt: skip
    used = [key for key in known if key in frequency.index] + sorted(set(frequency.index) - set(known))
    if len(used) > _MOST_VALUES:
        often = sorted(used, key=lambda key: -int(frequency[key]))[:_MOST_VALUES]
        used = [key for key in used if key in often]
    return {key: known.get(key, (key, key)) for key in used}


def _ranked(prepared: pd.DataFrame) -> pd.DataFrame:
    everyone = prepared[prepared["segment"] == ALL].set_index("code_id")
    rank = everyone.sort_values(["k", "statements", "order"], ascending=[False, False, True], kind="stable").index
    ranked = prepared.assign(rank=rank.get_indexer(pd.Index(prepared["code_id"])))
    return ranked.sort_values(["rank", "position"], kind="stable")


def _has_values(rows: pd.DataFrame) -> bool:
    return bool(rows.loc[~rows["segment"].isin([ALL, NONE]), "statements"].sum()) if len(rows) else False


def _hover(row: dict[str, Any]) -> str:
    name = _("whatever the statement says") if row["segment"] == ALL else segment_name(row)
    return (
        f"<b>{style.wrapped(label(row), 48)}</b><br>{style.plain(name)}: {style.k_of_n_experts(row['k'], row['n'])}"
        f"<br>{style.statements(row['statements'])}"
    )


def _nothing() -> str:
    return _("Coders have not said this of any coded statement yet.")
