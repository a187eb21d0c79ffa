"""How much each segment says of problems and of enablers: codings, and whether one voice makes the number."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.counts import mentions
from coding.dominance import FEWEST, SHARE
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.segment_names import named_segments, records, segment_name

_SIDES = {"negative": (-1, style.PROBLEM), "positive": (1, style.ENABLER)}
_ROOM = 1.2  # length of a side in bars as long as they can be: counts stand behind a full bar
_ROW, _LOW, _THICK = 52, 0.18, 0.36


def title() -> str:
    """The question that the chart answers."""
    return _("Who speaks more of problems, and who of enablers?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each bar is how often problems or enablers are spoken of: a statement with two codes counts twice, and "
        "whoever talks much counts much. So look at the two sides of a segment and not at one segment against another; "
        "how many experts name something stands in the table. Select a bar to read the words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """One row a segment that somebody is in, `ALL` last, and side: segment with its names, polarity, codings,
    statements, k of n experts, voice (codings of the expert with most), and code_id, label_en, label_ru of the root
    that holds the whole side, "" where several do.
    """
    found = mentions(frames, layer=layer, coder_id=coder_id)
    codes = frames.codes.loc[frames.codes["polarity"].isin(_SIDES), ["code_id", "root", "polarity"]]
    found = found.merge(codes, on="code_id")
    home = segment_of(frames.experts, segmentation)
    found["segment"] = found["expert_id"].map(home)
    found = pd.concat([found, found.assign(segment=ALL)])
    by = ["segment", "polarity"]
    counted = found.groupby(by).agg(
        codings=("code_id", "size"), statements=("statement_id", "nunique"), k=("expert_id", "nunique")
    )
    counted["voice"] = found.groupby([*by, "expert_id"]).size().groupby(by).max()
    sizes = {**home.value_counts().to_dict(), ALL: len(home)}
    segments = named_segments(frames, segmentation)
    segments = segments.assign(n=segments["segment"].map(sizes).fillna(0).astype("int64"))
    every = segments[segments["n"] > 0].merge(pd.DataFrame({"polarity": list(_SIDES)}), how="cross")
    rows = every.merge(counted, on=by, how="left").fillna(dict.fromkeys(counted.columns, 0))
    rows = rows.astype(dict.fromkeys(counted.columns, "int64"))
    return rows.merge(_roots(frames, codes), on="polarity", how="left").fillna({"code_id": ""})


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A row a segment, everybody on top: problems to the left, enablers to the right."""
    if not prepared["codings"].any():
        return style.nothing_to_show(_("Nobody has named a problem or an enabler here."), dark)
    look = style.palette(dark)
    drawn = _ordered(prepared)
    places = {key: place for place, key in enumerate(dict.fromkeys(drawn["segment"]))}
    whole = int(drawn["codings"].max())
    figure, words = go.Figure(), list[dict[str, Any]]()
    for polarity, (direction, colour) in _SIDES.items():
        rows = drawn[drawn["polarity"] == polarity]
        where = [places[key] + _LOW for key in rows["segment"]]
        lengths = (direction * rows["codings"] / whole).tolist()
        figure.add_bar(
            x=lengths, y=where, width=_THICK, orientation="h", marker={"color": colour, "line": {"width": 0}},
            hoverinfo="skip", unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
        figure.add_bar(
            x=[direction * _ROOM] * len(rows), y=[places[key] for key in rows["segment"]], width=0.98, orientation="h",
            customdata=rows[["code_id", "segment"]].to_numpy().tolist(), marker={"color": "rgba(0,0,0,0)"},
            selected={"marker": {"color": style.through(look.touched, 0.16)}},
            unselected={"marker": {"opacity": 0}}, hovertext=_hover(rows), hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
        words += _words(rows, direction, where, lengths, look)
    words += [
        {"x": 0, "y": places[row["segment"]] - 0.02, "yanchor": "bottom", "text": style.wrapped(segment_name(row), 44),
         "showarrow": False, "bgcolor": look.paper, "borderpad": 0,
         "font": {"color": look.ink, "size": style.TEXT_SIZE}}
        for row in records(drawn.drop_duplicates("segment"))
    ]  # fmt: skip
    return style.dressed(
        figure, dark=dark, height=_ROW * len(places) + 44, barmode="overlay", annotations=words,
        margin={"l": 4, "r": 4, "t": 36, "b": 6},
        xaxis={"range": [-_ROOM, _ROOM], "showticklabels": False, "zeroline": True, "zerolinewidth": 1,
               "zerolinecolor": look.line},
        yaxis={"range": [len(places) - 0.5, -0.5], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """How the two sides stand over all, which segments lean farthest either way, and where one voice makes it."""
    pairs = _pairs(prepared)
    if ALL not in pairs or not any(_counts(pairs[ALL])):
        return _("Nobody has named a problem or an enabler here.")
    said = [_("Problems and enablers are spoken of {count} times.", count=_ratio(pairs[ALL]))]
    parts = [pair for key, pair in pairs.items() if key != ALL and any(_counts(pair))]
    if len(parts) > 1:
        leaning = sorted(parts, key=lambda pair: _counts(pair)[0] / sum(_counts(pair)))
        enabling, hindering = leaning[0], leaning[-1]
        if _counts(hindering)[0] > _counts(hindering)[1]:
            said.append(_("Most of problems: {segment}, {count}.", segment=_name(hindering), count=_ratio(hindering)))
        if _counts(enabling)[1] > _counts(enabling)[0]:
            said.append(_("Most of enablers: {segment}, {count}.", segment=_name(enabling), count=_ratio(enabling)))
    loud = [row for pair in parts for row in pair if row["n"] > 1 and _one_voice(row)]
    if loud:
        said.append(_alone(max(loud, key=lambda each: each["voice"])))
    return " ".join(said)


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Each segment with codings and experts of both sides."""
    pairs = _pairs(prepared)
    columns: dict[str, list[Any]] = {
        _("Segment"): [_name(pair) for pair in pairs.values()],
        _("Problems, codings"): [pair[0]["codings"] for pair in pairs.values()],
        _("Enablers, codings"): [pair[1]["codings"] for pair in pairs.values()],
        _("Experts who name problems"): [style.k_of_n(pair[0]["k"], pair[0]["n"]) for pair in pairs.values()],
        _("Experts who name enablers"): [style.k_of_n(pair[1]["k"], pair[1]["n"]) for pair in pairs.values()],
    }
    return pd.DataFrame(columns, index=pd.Index(list(pairs), name="segment"))


def _roots(frames: Frames, codes: pd.DataFrame) -> pd.DataFrame:
    """For each side the root that holds all of it, if it is one."""
    names = frames.codes.set_index("code_id")[["label_en", "label_ru"]]
    only = {polarity: roots.iloc[0] for polarity, roots in codes.groupby("polarity")["root"] if roots.nunique() == 1}
    rows = [(polarity, root, *names.loc[root]) for polarity, root in only.items()]
    return pd.DataFrame(rows, columns=["polarity", "code_id", "label_en", "label_ru"])


def _ordered(prepared: pd.DataFrame) -> pd.DataFrame:
    """Everybody on top, then the segments in their order."""
    first = (prepared["segment"] != ALL).astype(int)
    return prepared.assign(first=first).sort_values(["first", "position"], kind="stable")


def _pairs(prepared: pd.DataFrame) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Problems and enablers of each segment, everybody first."""
    found = dict[str, dict[str, dict[str, Any]]]()
    for row in records(_ordered(prepared)):
        found.setdefault(row["segment"], {})[row["polarity"]] = row
    return {key: (sides["negative"], sides["positive"]) for key, sides in found.items()}


def _counts(pair: tuple[dict[str, Any], dict[str, Any]]) -> tuple[int, int]:
    return pair[0]["codings"], pair[1]["codings"]


def _ratio(pair: tuple[dict[str, Any], dict[str, Any]]) -> str:
    return _("{problems} : {enablers}", problems=pair[0]["codings"], enablers=pair[1]["codings"])


def _name(pair: tuple[dict[str, Any], dict[str, Any]]) -> str:
    return segment_name(pair[0])


def _alone(row: dict[str, Any]) -> str:
    told = {"segment": segment_name(row), "voice": row["voice"], "count": row["codings"]}
    if row["polarity"] == "negative":
        return _("{segment}: of the {count} codings of problems, one expert makes {voice}.", **told)
    return _("{segment}: of the {count} codings of enablers, one expert makes {voice}.", **told)


def _one_voice(row: dict[str, Any]) -> bool:
    return row["voice"] >= FEWEST and row["voice"] >= SHARE * row["codings"]


def _hover(rows: pd.DataFrame) -> list[str]:
    return [
        f"<b>{style.wrapped(segment_name(row), 48)}</b><br>{label(row) and style.plain(label(row)) + ': '}"
        f"{ngettext('{count} coding', '{count} codings', row['codings'])}"
        f"<br>{style.k_of_n_experts(row['k'], row['n'])}"
        for row in records(rows)
    ]


def _words(
    rows: pd.DataFrame, direction: int, where: list[float], lengths: list[float], look: style.Palette
) -> list[dict[str, Any]]:
    """Heading of one side and the count behind each bar."""
    aside = {"showarrow": False, "xanchor": "right" if direction < 0 else "left", "xshift": direction * 7}
    heading = _("Problems") if direction < 0 else _("Enablers")
    words: list[dict[str, Any]] = [
        {"x": 0, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 8, "text": f"<b>{heading}</b>",
         "font": {"color": look.ink, "size": style.TEXT_SIZE + 1}} | aside
    ]  # fmt: skip
    for row, place, length in zip(records(rows), where, lengths, strict=True):
        words.append(
            {"x": length, "y": place, "yanchor": "middle", "text": str(row["codings"]),
             "font": {"color": look.ink, "size": style.TEXT_SIZE - 1}} | aside
        )  # fmt: skip
    return words
