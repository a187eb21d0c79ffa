"""Which words make a topic: how often each is said in it, beside how often in all."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.segments import ALL
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.segment_names import records
from survey_app.views.topic_rows import Topic, named_topics


def title() -> str:
    """The question that the chart answers."""
    return _("Which words make a topic?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each bar is how often the word, in any of its forms, is said in the topic; its pale bed is how often it is "
        "said in all topics. A short bar on a long bed is a word that the topic shares. Above stand the words that "
        "tell it apart best."
    )


def counts_known(leaves: Mapping[str, Any] | None) -> bool:
    """Whether the run has kept how often words are said; older runs have not."""
    return bool(leaves and leaves.get("counts"))


def prepare(topics: Sequence[Topic], leaves: Mapping[str, Any] | None) -> pd.DataFrame:
    """One row a topic and word, in the order of the run: topic, name_en, name_ru, place, word, here, everywhere.

    `leaves` are those of a run's result. Both counts are missing where the run has kept none, or none of the word.
    """
    terms, tables = _counted(leaves)
    whole: dict[int, int] = {}
    for each in tables:
        for term, count in each.items():
            whole[term] = whole.get(term, 0) + count
    rows: list[tuple[int, int, str, int | None, int | None]] = []
    for topic in topics:
        own = [tables[leaf] for leaf in topic.get("leaves", ()) if leaf < len(tables)]
        for place, word in enumerate(topic["words"]):
            meant = terms.get(word, ())
            here = sum(each.get(term, 0) for each in own for term in meant)
            known = bool(own and meant and here)
            rows.append(
                (int(topic["topic"]), place, word, here if known else None,
                 sum(whole.get(term, 0) for term in meant) if known else None)
            )  # fmt: skip
    found = pd.DataFrame(rows, columns=["topic", "place", "word", "here", "everywhere"])
    found[["here", "everywhere"]] = found[["here", "everywhere"]].astype("Int64")
    return found.merge(named_topics(topics), on="topic").sort_values(["position", "place"], ignore_index=True)


def figure(prepared: pd.DataFrame, *, topic: int, dark: bool = False) -> go.Figure:
    """Bars of one topic's words on beds of all topics."""
    rows = [row for row in _of(prepared, topic) if not pd.isna(row["here"])]
    if not rows:
        return style.nothing_to_show(_("This run has not kept how often words are said. Run the topics again."), dark)
    look, places = style.palette(dark), list(range(len(rows)))
    bar: dict[str, Any] = {"orientation": "h", "y": places, "width": 0.5, "marker": {"line": {"width": 0}}}
    beds = go.Bar(bar | {"x": [row["everywhere"] for row in rows], "hoverinfo": "skip"})
    beds.update(marker={"color": look.track}, unselected={"marker": {"opacity": 1}})
    drawn = go.Bar(bar | {"x": [row["here"] for row in rows]})
    drawn.update(
        marker={"color": style.shade(0.8, dark)}, customdata=[[str(topic), ALL]] * len(rows),
        unselected={"marker": {"opacity": 1}}, hovertext=[_hover(row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    numbers = [
        {"x": row["everywhere"], "y": place, "xanchor": "left", "xshift": 6, "showarrow": False,
         "text": style.k_of_n(row["here"], row["everywhere"]), "font": {"color": look.ink, "size": style.TEXT_SIZE - 1}}
        for place, row in enumerate(rows)
    ]  # fmt: skip
    labels = [style.wrapped(row["word"], 24) for row in rows]
    return style.dressed(
        go.Figure([beds, drawn]), dark=dark, height=style.height_of(labels, 30) + 16, barmode="overlay",
        annotations=numbers,
        xaxis={"range": [0, max(row["everywhere"] for row in rows) * 1.22], "showticklabels": False},
        yaxis={"range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": places, "ticktext": labels},
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, topic: int) -> str:
    """Its own word, and how far it is its own."""
    rows = _of(prepared, topic)
    if not rows:
        return _("This topic has no words.")
    known = [row for row in rows if not pd.isna(row["here"])]
    if not known:
        return _("Words that tell it apart: {words}", words=", ".join(row["word"] for row in rows[:5]))
    own = max(known, key=lambda row: (row["here"] / row["everywhere"], row["here"], -row["place"]))
    return ngettext(
        "“{name}”: “{word}” is most its own, said here {share} time",
        "“{name}”: “{word}” is most its own, said here {share} times",
        int(own["everywhere"]), name=label(own, "name"), word=own["word"],
        share=style.k_of_n(own["here"], own["everywhere"]),
    )  # fmt: skip


def table(prepared: pd.DataFrame, *, topic: int | None = None) -> pd.DataFrame:
    """The words of one topic, or of all with their topics, and their counts; a dash where the run has kept none."""
    rows = _of(prepared, topic)
    whose = {_("Topic"): [label(row, "name") for row in rows]} if topic is None else {}
    return pd.DataFrame(
        whose
        | {
            _("Word"): [row["word"] for row in rows],
            _("times in the topic"): [_number(row["here"]) for row in rows],
            _("times in all"): [_number(row["everywhere"]) for row in rows],
        },
        index=pd.MultiIndex.from_tuples([(str(row["topic"]), ALL) for row in rows], names=["topic", "segment"]),
    )


def _of(prepared: pd.DataFrame, topic: int | None) -> list[dict[str, Any]]:
    return records(prepared if topic is None else prepared[prepared["topic"] == topic])


def _counted(leaves: Mapping[str, Any] | None) -> tuple[dict[str, tuple[int, ...]], list[dict[int, int]]]:
    """The numbers of the terms that are written as each word, and how often each leaf says each term."""
    if not leaves or not counts_known(leaves):
        return {}, []
    words: dict[str, tuple[int, ...]] = {}
    for number, term in enumerate(leaves["terms"]):
        word = leaves["forms"].get(term, term)
        words[word] = (*words.get(word, ()), number)
    return words, [{int(term): int(count) for term, count in each} for each in leaves["counts"]]


def _number(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)


def _hover(row: dict[str, Any]) -> str:
    times = ngettext("said {count} time in the topic", "said {count} times in the topic", int(row["here"]))
    whole = ngettext("{count} time in all", "{count} times in all", int(row["everywhere"]))
    return f"<b>{style.plain(row['word'])}</b><br>{times}<br>{whole}"
