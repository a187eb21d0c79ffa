"""Findings in a release: they lead the page only where the study says so, and only if they give nothing away."""

import json

import pytest

from survey_app.actions.findings import add_finding
from survey_app.actions.gate import gate
from survey_app.actions.publishing import publish
from survey_app.actions.released_cells import unrelease_cell
from survey_app.actions.released_findings import findings_released, release_findings
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.studies import need_study


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def reasons(store, study):
    return [str(reason) for reason in gate(store, study).reasons]


def told(folder):
    return json.loads((folder / "release.json").read_text("utf-8"))["en"]["findings"]


@pytest.mark.xdist_group("release")
def test_they_are_told_only_where_the_study_says_so(store, study, tmp_path):
    assert told(publish(store, "A", study, folder=tmp_path)) == []
    release_findings(store, "A", study["id"], wanted=True)
    assert findings_released(store, study["id"])
    assert len(told(publish(store, "A", study, folder=tmp_path))) == 2


def test_a_name_or_words_that_were_not_released_shut_the_gate(store, study):
    release_findings(store, "A", study["id"], wanted=True)
    assert reasons(store, study) == []
    add_finding(store, "A", study["id"], text_en="As Viktor Zaozerny said, nobody trains anybody.")
    released = {quote.statement_id for quote in released_quotes(store, study, Layer("adjudicated"))}
    said = frames_of(store, study["id"]).statements
    inside = said[(said["role"] == "expert") & ~said["statement_id"].isin(released)]["text"]
    add_finding(store, "A", study["id"], text_ru=f"Вот что было сказано: {max(inside, key=len)}")
    first, second = reasons(store, study)
    assert "holds a name of the roster: Viktor, Zaozerny" in first
    assert "repeats words of a statement that were not released" in second
    release_findings(store, "A", study["id"], wanted=False)
    assert reasons(store, study) == []


def test_a_finding_on_a_hidden_number_shuts_it_too(store, study):
    release_findings(store, "A", study["id"], wanted=True)
    unrelease_cell(store, "A", study, ("five_segments", "local", "prob.skills"))
    assert any(
        "rests on numbers that are hidden: Skills shortage among officials" in each for each in reasons(store, study)
    )
