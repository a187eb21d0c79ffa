"""A report for readers: the questions, numbers and quotes that a version published now would show, and no others.

It goes through the gate of publishing and is made of the same frozen content as a release.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from importlib.metadata import version as installed
from typing import Any

import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.actions.gate import Own, cells_of_plan, need_open_gate
from survey_app.actions.handed_out import REPORT, hand_out
from survey_app.actions.last_look import need_nobody_named
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.reporting import QUOTES, Part, Quote, Report
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.language import _, current
from survey_app.publishing.methods import date_before_stop, date_in_words, of_a_page
from survey_app.publishing.released_cells import shown_rows
from survey_app.publishing.segments import admitted
from survey_app.publishing.snapshot import take
from survey_app.publishing.standing import kept_of
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from survey_app.views import groups_and_codes, style
from survey_app.views.registry import Figures, Section, on_paper


@needs(Role.RESEARCHER)
def readers_report(
    store: Store, study: Row, *, person: str = "", quotes: bool = True, accepted_words: Collection[str] = ()
) -> Report:  # fmt: skip
    """The report in the language in force, by the groupings that the study publishes. What it holds is noted
    (`handed_out`). Raises PublishingRefused where the gate is shut."""
    plan = plan_of(store, study)
    open_gate = partial(need_open_gate, store, study, plan, own=Own(accepted=frozenset(accepted_words)))
    open_gate()
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    released, _notices = fit_quotes(store, study, plan, layer)
    cells = cells_of_plan(store, study, plan, layer, released)
    content = take(
        frames, study, plan.segmentations, released, slug=study["slug"], version=0, created=now(), layer=layer.layer,
        coder_id=layer.coder_id, fewest=plan.minimum, cells=cells,
    ).content  # fmt: skip
    need_nobody_named(store, study, content, accepted=accepted_words)
    kept = kept_of(frames, plan.segmentations, cells, released if quotes else (), plan.minimum)
    hand_out(store, person, study, REPORT, study["slug"], kept, still=open_gate)
    told = content[current()]
    experts = next(each for each in told["sizes"] if each["key"] == "experts")
    spoke = style.k_of_n_experts(experts["count"], experts["of"] or 0)
    date = date_in_words(now())
    made = _("Made with Rakurs {software}, {date}.", software=installed("survey-app"), date=date_before_stop(now()))
    notes = [line for note in told["method"] for line in note["paragraphs"] if line != of_a_page()]
    return Report(
        title=told["title"], language=current(), date=date, spoke=_("Who spoke: {spoke}.", spoke=spoke),
        source=_("Source: {spoke}; {date}", spoke=spoke, date=date),
        parts=tuple(_parts(frames, plan.segmentations, content, told, quotes=quotes)),
        how=(*notes, made), limits=tuple(told["limits"]),
        audience=_("For readers: it holds what the gate of publishing lets out."), internal=False,
    )  # fmt: skip


def _parts(
    frames: Frames, segmentations: Sequence[Segmentation], content: dict[str, Any], told: dict[str, Any], *,
    quotes: bool,
) -> list[Part]:  # fmt: skip
    """A part for each question and grouping; quotes stand under the first grouping."""
    found = []
    for place, (merged, grouping) in enumerate(zip(segmentations, told["segmentations"], strict=True)):
        rows = shown_rows(frames, content["cells"], admitted(frames.experts, merged))
        names = {each["key"]: each["name"] for each in grouping["segments"]}
        for question in told["questions"]:
            several = f" ({grouping['name']})" if len(told["segmentations"]) > 1 else ""
            finding = question["told"][grouping["key"]][ALL]
            compared = question["compared"][grouping["key"]]
            figures = _figures(rows, question)
            found.append(
                Part(
                    f"{question['key']}-{grouping['key']}", figures, question["name"] + several,
                    f"{finding} {compared}", on_paper(groups_and_codes.reading()) if figures else "",
                    _table(content["cells"], told["codes"], question["codes"], grouping),
                    _quotes(content["quotes"], question["codes"], names) if quotes and not place else (),
                )
            )  # fmt: skip
    return found


def _figures(shown: pd.DataFrame, question: dict[str, Any]) -> Figures | None:
    """The chart of those codes of a question of which no number is hidden; the table has the others."""
    rows = shown[shown["code_id"].isin(question["codes"])]
    spoken = rows.groupby("code_id")["segment"].transform("size")
    rows = rows[spoken == rows["segment"].nunique()]
    if rows.empty:
        return None
    section = Section(
        question["key"], "", groups_and_codes, lambda: rows, lambda: question["name"], lambda _rows: ""
    )  # fmt: skip
    return Figures(section, rows)


def _table(
    cells: Sequence[dict[str, Any]], codes: Sequence[dict[str, str]], wanted: Sequence[str], grouping: dict[str, Any]
) -> pd.DataFrame:
    """Codes by segments: k of n, or that it is hidden."""
    of = {(cell["segment"], cell["code"]): cell for cell in cells if cell["segmentation"] == grouping["key"]}
    names = {code["id"]: code["name"] for code in codes}
    columns = {_("Code"): [names[code] for code in wanted]}
    for segment in grouping["segments"]:
        columns[segment["name"]] = [_in_words(of.get((segment["key"], code))) for code in wanted]
    return pd.DataFrame(columns, index=list(wanted))


def _in_words(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    return _("{k} of {n}", k=cell["k"], n=cell["n"]) if cell["shown"] else _("hidden")


def _quotes(
    quotes: Sequence[dict[str, Any]], codes: Sequence[str], names: dict[str, str]
) -> tuple[Quote, ...]:  # fmt: skip
    """The first quotes of different codes, with the segment that a release tells of each."""
    taken = dict[str, Quote]()
    for code in codes:
        fit = next((each for each in quotes if code in each["codes"] and each["number"] not in taken), None)
        if fit is not None:
            own = _("worded by the expert") if fit["own_words"] else ""
            whose = ", ".join(filter(None, [names.get(fit["segment"], ""), own]))
            taken[fit["number"]] = Quote(fit["text"], whose)
        if len(taken) == QUOTES:
            break
    return tuple(taken.values())
