"""The facts of how a study was done, gathered from the store and the tables: for the methods note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version as installed

import pandas as pd
from sqlalchemy import Connection, func, select

from coding.counts import SESSIONS, expert_statements, mentions
from coding.frame_files import fingerprint
from coding.frames import Frames
from coding.saturation import judged, spoken
from coding.segments import ALL, Segmentation, sizes
from survey_app.actions.agreement_methods import to_copy
from survey_app.actions.agreement_report import NothingToReport, agreement_report
from survey_app.actions.agreement_tables import overall_rows
from survey_app.actions.guide import questions_of
from survey_app.actions.pseudonym_key import deidentification_numbers
from survey_app.actions.results import Layer, frames_of, layers, topics_frame
from survey_app.actions.rights import needs
from survey_app.language import LANGUAGES, use
from survey_app.publishing.cells import published_cells
from survey_app.publishing.method_facts import (
    Agreement,
    Asked,
    Deidentified,
    MethodFacts,
    Named,
    themes,
    told_segments,
)
from survey_app.settings import settings
from survey_app.store import codebooks, form_links, instruments, schema, sources, work_done
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

ORIGINS = {"zoom": "zoom", "teams": "teams", "google": "meet", "whisper": "speech", "noscribe": "speech",
           "otter": "speech"}  # fmt: skip
"""How the shape of a transcript begins, and where it came from; all others were typed or edited by people."""


@needs(Role.RESEARCHER)
def method_facts(
    store: Store, study: Row, merged: Segmentation, *, cells: pd.DataFrame | None = None, quotes: int = 0,
    deidentified: Deidentified | None = None,
) -> MethodFacts:  # fmt: skip
    """Everything that a methods note can say without asking. `cells` are the numbers that are published (`COLUMNS` of
    publishing.cells), `quotes` is how many quotes are."""
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    with store.reading() as connection:
        listed = sources.sources(connection, study["id"])
        roles = sources.speakers(connection, study["id"], "session")
        work = work_done.counts(connection, study["id"])
        after = work_done.codes_after_texts(connection, study["id"])
        version = codebooks.version_of(connection, study["id"])
        questions = len(questions_of(connection, study["id"]))
        asked = _questionnaires(connection, study["id"])
    said = expert_statements(frames)
    order = spoken(frames, layer=layer.layer, coder_id=layer.coder_id)
    major, minor = themes(_shares(frames, merged, layer, cells), len(frames.experts))
    of_codes = frames.codes["code_id"] != frames.codes["root"]
    return MethodFacts(
        title=Named(study["title_en"], study["title_ru"]),
        software=installed("survey-app"),
        data_hash=fingerprint(frames),
        languages=tuple(sorted({row["language"] for row in listed if row["kind"] == "session" and row["language"]})),
        experts=len(frames.experts),
        spoke=said["expert_id"].nunique(),
        repeated=int((said.groupby("expert_id")["source_id"].nunique() > 1).sum()),
        sessions=sum(row["kind"] == "session" for row in listed),
        per_session=_extremes(said.groupby("source_id")["expert_id"].nunique()),
        days=_days(frames),
        chats=sum(row["kind"] == "chat" for row in listed),
        documents=sum(row["kind"] == "document" for row in listed),
        segmentation=Named(merged.label_en, merged.label_ru),
        segments=_segments(frames, merged, _smallest(study)),
        others=_others(roles),
        guide_questions=questions,
        questionnaires=asked,
        transcripts=Counter(_origin(row["shape"]) for row in listed if row["kind"] == "session"),
        recordings=work["recordings"],
        minutes=_minutes(frames.statements),
        corrected=work["corrected"],
        statements=len(said),
        coded=mentions(frames, layer=layer.layer, coder_id=layer.coder_id)["statement_id"].nunique(),
        coders=frames.codings.loc[frames.codings["layer"] == "coder", "coder_id"].nunique(),
        adjudicated=layer.coder_id is None and not frames.codings.empty,
        settled=work["settled"],
        codes=int(of_codes.sum()),
        roots=int((~of_codes).sum()),
        codebook_version=version,
        after_texts=after,
        saturation=judged(order.new_codes()["new"].tolist()),
        codes_said=int(order.said.any(axis=0).sum()),
        agreement=_agreement(store, study),
        deidentified=deidentified or _deidentified(store, study),
        quotes=quotes,
        topics=topics_frame(store, study["id"])[0] is not None,
        memos=work["memos"],
        findings=work["findings"],
        major=major,
        minor=minor,
    )


def _deidentified(store: Store, study: Row) -> Deidentified | None:
    """The log of de-identification in numbers; None where no text was looked through."""
    found = deidentification_numbers(store, study["id"])
    return Deidentified(found.places, found.replaced, found.kept, found.signed) if found.texts else None


def _smallest(study: Row) -> int:
    """The fewest experts of a segment that may be named: the study's own rule, never less than the machine's."""
    own = (study["choices"] or {}).get("smallest_segment")
    return max(settings().smallest_segment, own if isinstance(own, int) else 0)


def _segments(frames: Frames, merged: Segmentation, smallest: int) -> tuple[Named, ...]:
    found = sizes(frames.experts, merged)
    held = [Named(one.label_en, one.label_ru, found[one.key]) for one in merged.segments if found[one.key]]
    return told_segments(held, len(frames.experts), smallest)


def _shares(frames: Frames, merged: Segmentation, layer: Layer, cells: pd.DataFrame | None) -> list[Named]:
    """Codes below the roots with the experts who spoke of them, as the release shows them."""
    if cells is None:
        cells = published_cells(frames, [merged], layer=layer.layer, coder_id=layer.coder_id)
    cells = cells.drop_duplicates(["segment", "code_id"])  # of the first segmentation
    shown = cells[(cells["segment"] == ALL) & cells["shown"] & cells["k"].notna()]
    count = dict(zip(shown["code_id"], shown["k"], strict=True))
    return [
        Named(row["label_en"], row["label_ru"], int(count[row["code_id"]]))
        for row in frames.codes.sort_values("order", kind="stable").to_dict("records")
        if row["code_id"] != row["root"] and row["code_id"] in count
    ]


def _questionnaires(connection: Connection, study_id: str) -> tuple[Asked, ...]:
    response, item = schema.response, schema.item
    answers = response.join(schema.expert, schema.expert.c.id == response.c.expert_id)
    found = []
    for row in instruments.instruments(connection, study_id):
        links = form_links.of_instrument(connection, row["id"])
        answered = select(func.count()).select_from(answers)
        answered = answered.where(response.c.instrument_id == row["id"], schema.expert.c.withdrawn_at == "")
        asked = select(func.count()).select_from(item).where(item.c.instrument_id == row["id"], item.c.parent_key == "")
        found.append(
            Asked(row["title_en"], row["title_ru"], row["version"], int(connection.scalar(asked) or 0), len(links),
                  int(connection.scalar(answered) or 0), sum(bool(link["refused_at"]) for link in links))
        )  # fmt: skip
    return tuple(found)


def _others(speakers: Sequence[Row]) -> dict[str, int]:
    """In how many sessions somebody spoke who is no expert, by role."""
    there = {(row["role"], row["source_id"]) for row in speakers if row["role"] != "expert" and row["turns"]}
    return dict(sorted(Counter(role for role, _source in there).items()))


def _days(frames: Frames) -> tuple[str, str]:
    found = frames.sources.loc[frames.sources["kind"].isin(SESSIONS) & (frames.sources["date"] != ""), "date"]
    return (str(found.min()), str(found.max())) if len(found) else ("", "")


def _minutes(statements: pd.DataFrame) -> tuple[int, ...]:
    """How long each session with times lasted, in minutes, in the study's order."""
    timed = statements[statements["source_kind"].isin(SESSIONS) & statements["end_s"].notna()]
    by_source = timed.groupby("source_id", sort=False)
    lasted = by_source["end_s"].max() - by_source["start_s"].min()
    return tuple(max(1, round(seconds / 60)) for seconds in lasted)


def _extremes(found: pd.Series) -> tuple[int, int]:
    return (int(found.min()), int(found.max())) if len(found) else (0, 0)


def _origin(shape: str) -> str:
    return ORIGINS.get(shape.partition("_")[0], "typed")


def _agreement(store: Store, study: Row) -> Agreement | None:
    """None where no two coders can be compared on open texts."""
    try:
        report = agreement_report(store, study)
    except NothingToReport:
        return None
    words, header, rows = {}, {}, {}
    for language in LANGUAGES:
        with use(language):
            words[language] = to_copy(report)
            header[language], cells = overall_rows(report.agreed)
            rows[language] = [[str(cell) for cell in row] for row in cells]
    return Agreement(words, header, rows)
