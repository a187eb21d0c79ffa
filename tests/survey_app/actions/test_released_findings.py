"""Findings in a release: they lead the page only where the study says so, and only if they give nothing away."""

import json

import pytest

from coding.claims import AtLeast, MoreIn
from survey_app.actions.findings import add_finding
from survey_app.actions.gate import gate
from survey_app.actions.publishing import publish
from survey_app.actions.released_cells import unrelease_cell
from survey_app.actions.released_findings import findings_released, release_findings
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.studies import need_study
from survey_app.publishing.standing import FINDINGS
from survey_app.store import experts, results, schema


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


def test_an_address_or_a_telephone_of_the_roster_shuts_it_too(store, study):
    with store.change(study["id"], "A", "write") as change:
        row = experts.experts(change.connection, study["id"])[0]
        change.update(
            schema.expert, row["id"], attributes={"mail": "f1@ministry.example", "phone": "+7 (912) 345-67-89"}
        )
    release_findings(store, "A", study["id"], wanted=True)
    add_finding(store, "A", study["id"], text_en="Ask f1@ministry.example, or call 8 912 345 67 89.")
    (reason,) = reasons(store, study)
    assert "Finding 3 holds an address or a telephone of the roster: f1@ministry.example, 8 912 345 67 89" in reason


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (AtLeast("prob.interagency", 1, 2, ("fed",)), "sees 2 experts alone (Federal authorities)"),
        (AtLeast("prob.interagency", 1, 2, ("reg",)), "sees 2 experts alone (Federal authorities)"),
        (MoreIn("prob.interagency", ("loc", "corp", "civ"), ("reg", "rmc")), "experts alone"),
        (MoreIn("prob.interagency", ("reg", "loc", "rmc")), "Finding 3 gives a number that would be hidden"),
        (AtLeast("prob.gone", 1, 2), "Finding 3 claims what cannot be counted any more"),
    ],
)
def test_a_finding_of_experts_whom_it_tells_apart_shuts_it(store, study, claim, told):
    release_findings(store, "A", study["id"], wanted=True)
    assert reasons(store, study) == []
    add_finding(store, "A", study["id"], text_en="So it is.", claim=claim)
    assert any(told in each and "publish without findings" in each for each in reasons(store, study))


@pytest.mark.xdist_group("release")
def test_whom_findings_counted_is_kept_and_the_next_version_judged_beside_it(store, study, tmp_path):
    release_findings(store, "A", study["id"], wanted=True)
    publish(store, "A", study, folder=tmp_path)
    with store.reading() as connection:
        (first,) = results.releases(connection, study["id"])
    assert [len(within) for within in first["manifest"]["kept"]["experts"][FINDINGS].values()] == [8, 12, 3, 20, 20]
    assert reasons(store, study) == []  # the same again tells nothing new
    add_finding(store, "A", study["id"], text_en="So it is.", claim=AtLeast("prob.skills", 1, 3, ("reg", "loc")))
    assert any("experts alone (Federal authorities)" in each for each in reasons(store, study))
