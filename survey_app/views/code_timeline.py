"""When codes come up in one session, under the guide's questions. Not for a release: a mark is one statement.

The `customdata` of a mark is `[code_id, statement_id]`, so that a page can find the words; so is the table's index.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.counts import SESSIONS, mentions
from coding.frames import Frames
from coding.segments import Segmentation, segment_of
from coding.shown_codes import shown_codes
from survey_app.language import _, label, ngettext
from survey_app.views import session_strokes, style
from survey_app.views.code_rows import CODE
from survey_app.views.segment_names import named_segments, records
from survey_app.views.spoken import clock

STATEMENT, SECTION = "statement", "section"
_LABEL_WIDTH = 38  # characters a line
_KEY_WIDTH = 44
_STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds between ticks
_TICKS = 7
_STROKE = 18  # pixels
_QUESTION = ["question_id", "question_en", "question_ru"]


def title() -> str:
    """The question that the chart answers."""
    return _("When was it spoken of?")


def reading(prepared: pd.DataFrame | None = None) -> str:
    """How to read it; of what was prepared also how many statements have no time."""
    told = _(
        "Each stroke is a statement with the code, at the time when it begins. The numbered bands are the questions of "
        "the guide, listed below. Select a stroke to read the statement."
    )
    if prepared is None or prepared.empty:
        return told
    said = prepared[(prepared["kind"] == STATEMENT) & prepared["start_s"].isna()]
    without = int(said["statement_id"].nunique())
    if not without:
        return told
    return f"{told} " + ngettext(
        "{count} statement without a time stands in the table alone.",
        "{count} statements without a time stand in the table alone.", without,
    )  # fmt: skip


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    source_id: str,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """Rows of kind "statement", one a code below a root and statement of an expert in the session: the code (`CODE`),
    root_en, root_ru, statement_id, order_said, start_s (NaN if unknown), segment ("" if in none) and its names.

    And rows of kind "section", a stretch of one question of the guide, from start_s to end_s. Both have question_id,
    question_en and question_ru ("" if the guide does not have it).
    """
    here = frames.statements[frames.statements["source_id"] == source_id]
    found = mentions(frames, source_kinds=SESSIONS, layer=layer, coder_id=coder_id)
    asked = here.merge(_questions(frames), on="question_id", how="left").rename(columns={"order": "order_said"})
    said = found.merge(asked[["statement_id", "order_said", "start_s", *_QUESTION]], on="statement_id")
    roots = frames.codes[["code_id", "label_en", "label_ru"]].set_axis(["root", "root_en", "root_ru"], axis=1)
    codes = frames.codes.loc[shown_codes(frames), CODE].merge(roots, on="root", how="left")
    rows = codes.merge(said.drop(columns="group_id"), on="code_id")
    rows["segment"] = rows["expert_id"].map(segment_of(frames.experts, segmentation)).fillna("")
    rows = rows.merge(named_segments(frames, segmentation), on="segment", how="left")
    rows = rows.sort_values(["order", "order_said"], kind="stable").assign(kind=STATEMENT)
    both = pd.concat([rows.drop(columns="expert_id"), _sections(asked)], ignore_index=True)
    texts = [name for name in both.columns if name not in ("start_s", "end_s", "order", "order_said", "position")]
    return both.fillna(dict.fromkeys(texts, ""))


def roots(prepared: pd.DataFrame) -> dict[str, str]:
    """The roots that have codes in the session, and their names, in the codebook's order."""
    said = prepared[(prepared["kind"] == STATEMENT) & (prepared["code_id"] != prepared["root"])]
    first = said.drop_duplicates("root")
    return {row["root"]: label(row, "root") or row["root"] for row in records(first)}


def figure(prepared: pd.DataFrame, *, root: str = "", top: int = 12, dark: bool = False) -> go.Figure:
    """A lane a code, of the `top` most said those that come up first on top, over the bands of the guide's questions.

    `root` is a root's key, or "" for codes of every root.
    """
    rows = _timed(prepared, root)
    if rows.empty:
        return style.nothing_to_show(_nothing(prepared, root), dark)
    look = style.palette(dark)
    shown = list(rows["code_id"].value_counts().head(top).index)
    order = [code for code in _middles(rows) if code in shown]
    rows = rows[rows["code_id"].isin(order)]
    names = {row["code_id"]: style.wrapped(label(row), _LABEL_WIDTH) for row in records(rows)}
    lanes, words, depth = dict[str, float](), list[dict[str, Any]](), 0  # pixels from above
    for code in order:
        words.append(_lane(names[code], depth, look))
        depth += 16 * style.lines_of(names[code]) + 6
        lanes[code] = depth + _STROKE / 2
        depth += _STROKE + 6
    bands = records(prepared[prepared["kind"] == SECTION])
    low, high = _range(rows, bands)
    listed = records(rows)
    figure = go.Figure(
        session_strokes.strokes(
            rows["start_s"].tolist(), [lanes[code] for code in rows["code_id"]],
            [[row["code_id"], row["statement_id"]] for row in listed],
            [session_strokes.hover(label(row), row) for row in listed], dark=dark,
        )
    )  # fmt: skip
    numbers = {question: place for place, question in enumerate(dict.fromkeys(row["question_id"] for row in bands), 1)}
    key = _key(bands, numbers)
    more = _left(prepared, root, order)
    if more:
        key = f"{more}<br>{key}" if key else more
    below = 40 + (16 * style.lines_of(key) + 10 if key else 0)
    shapes = [_band(row, depth, number % 2 == 0, look) for number, row in enumerate(bands)]
    words += [_number(numbers[row["question_id"]], row, look) for row in bands if _wide(row, low, high)]
    ticks = _ticks(low, high)
    return style.dressed(
        figure, dark=dark, height=depth + 26 + below, margin={"l": 10, "r": 10, "t": 26, "b": below}, shapes=shapes,
        annotations=[*words, *([_below(key, look)] if key else [])],
        xaxis={
            "range": [low, high], "tickmode": "array", "tickvals": ticks, "tickfont": {"color": look.soft},
            "ticktext": [clock(second)[:-3] for second in ticks],
        },
        yaxis={"range": [depth, 0], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, root: str = "") -> str:
    """Which codes come up early and which late, by their middle statements."""
    rows = _timed(prepared, root)
    if rows.empty:
        return _nothing(prepared, root)
    sizes, middles = rows["code_id"].value_counts(), _middles(rows)
    told = [code for code in middles if sizes[code] >= session_strokes.FEWEST]
    if len(told) < 2:
        return _("Too few statements to say when codes come up")
    names = {row["code_id"]: label(row) for row in records(rows)}
    first, last = told[0], told[-1]
    return _(
        "“{first}” comes up early (about {early}), “{last}” late (about {late})", first=names[first], last=names[last],
        early=clock(middles[first])[:-3], late=clock(middles[last])[:-3],
    )  # fmt: skip


def table(prepared: pd.DataFrame, *, root: str = "") -> pd.DataFrame:
    """Every statement in the order of codes and of talk, with its time, group and question; those without time too."""
    rows = records(_said(prepared, root))
    return pd.DataFrame(
        {
            _("Codes"): [label(row) for row in rows],
            _("Time"): [clock(row["start_s"]) for row in rows],
            _("Group"): [session_strokes.whose(row) for row in rows],
            _("Question"): [_question(row) for row in rows],
        },
        index=pd.MultiIndex.from_tuples(
            [(row["code_id"], row["statement_id"]) for row in rows], names=["code_id", "statement_id"]
        ),
    )


def _left(prepared: pd.DataFrame, root: str, drawn: list[str]) -> str:
    """How many codes are in the table alone, in words, or ""."""
    more = _said(prepared, root)["code_id"].nunique() - len(drawn)
    return ngettext("{count} more in the table", "{count} more in the table", more) if more else ""


def _questions(frames: Frames) -> pd.DataFrame:
    """The guide's questions by their keys, as `_QUESTION` says."""
    items = frames.items.drop_duplicates("item_id")
    return items[["item_id", "label_en", "label_ru"]].set_axis(_QUESTION, axis=1)


def _sections(asked: pd.DataFrame) -> pd.DataFrame:
    """Stretches of one question: from its first statement to the first of the next one."""
    timed = asked[asked["start_s"].notna()].sort_values(["start_s", "order_said"], kind="stable")
    first = timed["question_id"] != timed["question_id"].shift()
    last = max(timed["start_s"].max(), timed["end_s"].max()) if len(timed) else float("nan")
    found = timed.loc[first, [*_QUESTION, "start_s"]].assign(kind=SECTION)
    found["end_s"] = found["start_s"].shift(-1).fillna(last)
    return found[found["question_id"] != ""]


def _said(prepared: pd.DataFrame, root: str) -> pd.DataFrame:
    return prepared[(prepared["kind"] == STATEMENT) & (prepared["root"].eq(root) | (not root))]


def _timed(prepared: pd.DataFrame, root: str) -> pd.DataFrame:
    rows = _said(prepared, root)
    return rows[rows["start_s"].notna()]


def _nothing(prepared: pd.DataFrame, root: str) -> str:
    if _said(prepared, root).empty:
        return _("No statement of the session has one of these codes.")
    return _("The statements of the session have no times.")


def _middles(rows: pd.DataFrame) -> dict[str, float]:
    """The median moment of each code, the earliest first, of equals as in the codebook."""
    found = rows.groupby("code_id", sort=False)["start_s"].median()
    return {str(code): float(moment) for code, moment in found.sort_values(kind="stable").items()}


def _question(row: Mapping[str, Any]) -> str:
    """What was asked, in words where the guide has them."""
    aside = {"intro": _("introduction"), "off_guide": _("off the guide")}
    return label(row, "question") or aside.get(row["question_id"], str(row["question_id"]))


def _range(rows: pd.DataFrame, bands: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    starts = [*rows["start_s"], *(row["start_s"] for row in bands)]
    low, high = min(starts), max([*starts, *(row["end_s"] for row in bands)])
    pad = 0.02 * (high - low) or 30
    return low - pad, high + pad


def _ticks(low: float, high: float) -> list[float]:
    step = next((step for step in _STEPS if (high - low) / step <= _TICKS), _STEPS[-1])
    return [float(second) for second in range(int(-(-low // step)) * step, int(high) + 1, step) if second >= 0]


def _band(row: Mapping[str, Any], depth: float, pale: bool, look: style.Palette) -> dict[str, Any]:
    """A question's stretch, every second one in a colour of its own."""
    colour = look.track if pale else "rgba(0,0,0,0)"
    return {
        "type": "rect", "x0": row["start_s"], "x1": row["end_s"], "y0": 0, "y1": depth, "layer": "below",
        "line": {"width": 0}, "fillcolor": colour,
    }  # fmt: skip


def _number(number: int, row: Mapping[str, Any], look: style.Palette) -> dict[str, Any]:
    return {
        "x": (row["start_s"] + row["end_s"]) / 2, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 3,
        "showarrow": False, "text": f"<b>{number}</b>", "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _wide(row: Mapping[str, Any], low: float, high: float) -> bool:
    """Whether a number has room above the band on a narrow screen."""
    return bool(row["end_s"] - row["start_s"] >= 0.035 * (high - low))


def _lane(text: str, y: float, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": y, "yanchor": "top", "yshift": -3, "showarrow": False,
        "align": "left", "text": text, "font": {"color": look.ink, "size": style.TEXT_SIZE},
    }  # fmt: skip


def _key(bands: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> str:
    """The questions by their numbers."""
    named = {row["question_id"]: _question(row) for row in bands}
    return "<br>".join(
        style.wrapped(f"{numbers[question]}. {name}", _KEY_WIDTH) for question, name in named.items()
    )  # fmt: skip


def _below(key: str, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "yshift": -32,
        "showarrow": False, "align": "left", "text": key, "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip
