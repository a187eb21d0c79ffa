"""Agreement of the demo's coders: known answers, and that nothing counts before its comparison is open."""

import json
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from survey_app import language
from survey_app.actions.agreeing import CHARACTERS, agreement_in_groups, agreement_of, agreement_on_passages
from survey_app.actions.agreeing_values import agreement_on_attributes
from survey_app.actions.agreement_material import Asked, counted_codes
from survey_app.actions.rights import NotPermitted
from survey_app.actions.studies import need_study
from survey_app.store import schema, studies
from survey_app.store.log import rows
from tests.survey_app.agreements import opened, source_id

EXPECTED = json.loads((Path(language.__file__).parent / "starter" / "demo" / "expected.json").read_text("utf-8"))
FEW = 200
"""Resamples: enough for an interval."""


@pytest.fixture(scope="module")
def compared(demo_folder, tmp_path_factory):
    """The demo in both languages with every session opened; tests only read it."""
    import shutil

    from survey_app.store.log import Store

    folder = tmp_path_factory.mktemp("opened") / "data"
    shutil.copytree(demo_folder, folder)
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    return store, {slug: opened(store, slug) for slug in ("demo-en", "demo-ru")}


def coder_ids(store, study):
    with store.reading() as connection:
        return {row["key"]: row["id"] for row in studies.coders(connection, study["id"])}


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_the_kappas_of_a_and_b_are_known(compared, slug):
    store, found = compared
    agreed = agreement_of(store, found[slug]["id"], Asked(coders=("A", "B")), resamples=0)
    assert (agreed.result.n_units, agreed.result.n_units_compared, agreed.result.n_coders) == (280, 280, 2)
    known = {"prob.skills": 0.9581, "prob.low_ict": 0.7466, "prob.unready": 0.6618, "prob.admin": 0.7965}
    for code, kappa in known.items():
        assert agreed.result.per_code[code].cohen == pytest.approx(kappa, abs=5e-5)
    assert agreed.result.per_code["enab.quality"].cohen == pytest.approx(1)
    mean, n = agreed.result.mean_over_codes("cohen")
    assert (round(mean, 4), n) == (0.9796, 41)
    assert len(agreed.pulling_down(None)) == 6


def test_rare_and_unused_codes_say_what_they_are(compared):
    store, found = compared
    per_code = agreement_of(store, found["demo-en"]["id"], Asked(coders=("A", "B")), resamples=0).result.per_code
    assert round(per_code["prob.unready"].percent, 3) == 0.989
    for code in ("targ.docflow", "targ.services25"):
        one = per_code[code]
        assert str(one.reason) == "No coder applied this code."
        assert [one.cohen, one.fleiss, one.alpha, one.ac1, one.brennan_prediger, one.ci] == [None] * 6


def test_the_alphas_of_three_coders_with_gaps_are_known(compared):
    store, found = compared
    agreed = agreement_of(store, found["demo-en"]["id"], resamples=0)
    assert agreed.material.coders == ("A", "B", "C")
    for code, alpha in {"prob.skills": 0.9661, "prob.unready": 0.6956, "prob.admin": 0.7455}.items():
        assert agreed.result.per_code[code].alpha == pytest.approx(alpha, abs=5e-5)
    assert agreed.looked_at == {"A": 280, "B": 280, "C": 60}


def test_experts_are_drawn_and_the_same_draws_again(compared):
    store, found = compared
    study_id = found["demo-en"]["id"]
    first = agreement_of(store, study_id, Asked(coders=("A", "B")), resamples=FEW, seed=3)
    assert first.of_experts
    assert first.clusters_drawn == 20
    low, high = first.result.overall.ci["alpha_masi"]
    assert low < first.result.overall.alpha_masi < high
    assert agreement_of(store, study_id, Asked(coders=("A", "B")), resamples=FEW, seed=3) is first


def test_what_pulls_a_code_down_comes_with_its_words(compared):
    store, found = compared
    rows_ = agreement_of(store, found["demo-en"]["id"], Asked(coders=("A", "B")), resamples=0).pulling_down(
        "prob.unready"
    )
    assert set(rows_["label"]) == {"S-B.N2.07", "S-C.R3.05", "S-C.U2.04"}
    assert rows_["share"].sum() == pytest.approx(1)
    assert all(rows_["text"].str.len() > 20)
    assert all(dict(given).keys() == {"A", "B"} for given in rows_["given"])


def test_every_stakeholder_group_by_itself(compared):
    store, found = compared
    groups = agreement_in_groups(store, found["demo-en"]["id"], Asked(coders=("A", "B")), resamples=FEW)
    assert list(groups) == ["fed", "reg", "loc", "corp", "civ", "bus", "sci", "rmc"]
    assert sum(one.n_units_compared for one in groups.values()) == 280
    assert groups["loc"].overall.alpha_masi == pytest.approx(1)
    assert all("An interval needs 10 experts" in str(one.overall.ci_reason) for one in groups.values())


def test_branches_count_any_code_below_them(compared):
    store, found = compared
    study_id = found["demo-en"]["id"]
    single = agreement_of(store, study_id, Asked(coders=("A", "B")), resamples=0)
    whole = agreement_of(store, study_id, Asked(coders=("A", "B"), branches=True), resamples=0)
    assert list(whole.result.per_code) == ["prob", "enab", "role", "plat", "prin", "targ"]
    given = single.material.judgements
    of_problems = given[given["code"].str.startswith("prob.")].drop_duplicates(["unit", "coder"])
    assert whole.result.per_code["prob"].prevalence == pytest.approx(len(of_problems) / 560)
    one = agreement_of(store, study_id, Asked(codes=("prob.skills",)), resamples=0)
    assert list(one.result.per_code) == ["prob.skills"]
    assert one.result.n_units_compared == 280


def test_a_code_with_others_below_counts_by_itself_where_it_was_applied():
    codes = pd.DataFrame(
        {"code_id": ["r", "r.a", "r.a.x"], "parent_id": ["", "r", "r.a"], "order": [0, 1, 2]}, dtype=object
    )
    assert list(counted_codes(codes, Asked(), set())[0]["code_id"]) == ["r.a.x"]
    assert list(counted_codes(codes, Asked(), {"r.a"})[0]["code_id"]) == ["r.a", "r.a.x"]
    kept, home = counted_codes(codes, Asked(branches=True, codes=("r.a",)), set())
    assert list(kept["code_id"]) == ["r.a"]
    assert dict(zip(home["code_id"], home["counts_as"], strict=True)) == {"r.a": "r.a", "r.a.x": "r.a"}


def test_characters_and_passages(compared):
    store, found = compared
    study_id = found["demo-en"]["id"]
    passages = agreement_on_passages(store, study_id, Asked(coders=("A", "B")), resamples=0)
    statements = passages.characters.material.statements
    assert passages.length == (statements["end"] - statements["start"]).sum()
    assert passages.characters.result.n_units_compared == passages.length
    assert 0.9 < passages.unitizing.overall.alpha < 1
    assert 0.9 < passages.characters.result.overall.alpha_masi < 1
    level = agreement_of(store, study_id, Asked(coders=("A", "B")), level=CHARACTERS, resamples=0)
    assert level.result.overall == passages.characters.result.overall


def test_before_the_opening_nothing_is_compared(unopened):
    study = need_study(unopened, "demo-en")
    agreed = agreement_of(unopened, study["id"])
    assert agreed.result is None
    assert "No comparison is open yet" in str(agreed.problem)
    assert agreed.material.judgements.empty
    assert agreement_in_groups(unopened, study["id"]) == {}
    assert agreement_on_attributes(unopened, study["id"]) == []
    assert agreement_on_passages(unopened, study["id"]).unitizing is None


def test_only_opened_texts_count(store):
    study = opened(store, keys=["S-A"])
    agreed = agreement_of(store, study["id"], resamples=0)
    assert agreed.result.n_units == 102
    assert [(text.key, text.opened) for text in agreed.material.texts] == [
        ("S-A", True), ("S-B", False), ("S-C", False)
    ]  # fmt: skip
    assert all(not text.coders for text in agreed.material.texts if not text.opened)


def test_one_coder_is_no_agreement(store):
    study = opened(store)
    agreed = agreement_of(store, study["id"], Asked(coders=("A",)))
    assert agreed.result is None
    assert "two coders or more" in str(agreed.problem)


def test_a_text_that_nobody_coded_is_no_agreement(store):
    study = opened(store, keys=["S-A-chat"])
    agreed = agreement_of(store, study["id"], Asked(kinds=("chat",)))
    assert agreed.result is None
    assert agreed.problem is not None


def test_training_is_left_out(unopened):
    study = opened(unopened)
    coders = coder_ids(unopened, study)
    with unopened.change(study["id"], "A", "assign") as change:
        change.insert(
            schema.assignment,
            {"study_id": study["id"], "coder_id": coders["C"], "source_id": source_id(unopened, study, "S-A"),
             "purpose": "training", "created_at": "2026-01-01T00:00:00+00:00"},
        )  # fmt: skip
    agreed = agreement_of(unopened, study["id"], resamples=0)
    assert agreed.material.all_coders == ("A", "B")
    assert set(agreed.material.judgements["coder"]) == {"A", "B"}


def test_a_blind_coder_learns_nothing_until_finished(team):
    study, people = team
    machine = people["owner"][0].acting(None)
    hand, coder = people["coder"]
    assert agreement_of(hand, study["id"]).result is None
    opened(machine)
    with machine.change(study["id"], "A", "assign") as change:
        given = change.insert(
            schema.assignment,
            {"study_id": study["id"], "coder_id": coder["id"], "source_id": source_id(machine, study, "S-A"),
             "mode": "blind", "created_at": "2026-01-01T00:00:00+00:00"},
        )[0]  # fmt: skip
    before = agreement_of(hand, study["id"], resamples=0)
    hidden = source_id(machine, study, "S-A")
    assert hidden not in set(before.material.codings["source_id"]) | set(before.material.looks["source_id"])
    assert hidden not in set(before.pulling_down(None)["source_id"])
    assert before.result.n_units == 280 - 102
    assert agreement_of(people["owner"][0], study["id"], resamples=0).result.n_units == 280
    with machine.change(study["id"], coder["key"], "finish") as change:
        change.update(schema.assignment, given, finished_at="2026-01-02T00:00:00+00:00")
    assert agreement_of(hand, study["id"], resamples=0).result.n_units == 280


def test_a_reader_is_told_nothing(team):
    study, people = team
    with pytest.raises(NotPermitted):
        agreement_of(people["reader"][0], study["id"])


def value_rows(store, study, key, given):
    """Values of an attribute: {coder: values of the first statements of S-A}."""
    coders = coder_ids(store, study)
    with store.reading() as connection:
        query = select(schema.statement).where(schema.statement.c.source_id == source_id(store, study, "S-A"))
        statements = rows(connection, query.order_by(schema.statement.c.start))
        looked = set(connection.scalars(select(schema.review.c.statement_id)))
    ids = [row["id"] for row in statements if row["id"] in looked]
    return [
        {"statement_id": ids[place], "coder_id": coders[coder], "attribute": key, "value": value}
        for coder, values in given.items()
        for place, value in enumerate(values)
        if value
    ]


def test_values_are_nominal_unless_they_are_said_to_be_in_order(store):
    study = opened(store)
    given = {
        "A": ["fact", "fact", "evaluation", "proposal", "fact", "proposal", "evaluation", "fact", "fact"],
        "B": ["fact", "fact", "evaluation", "evaluation", "fact", "proposal", "evaluation", "proposal", ""],
    }
    with store.change(study["id"], "A", "set_values") as change:
        change.connection.execute(schema.statement_value.delete())
        change.insert(schema.statement_value, value_rows(store, study, "modality", given))
    (nominal,) = agreement_on_attributes(store, study["id"], resamples=0)
    assert (nominal.attribute["key"], nominal.result.level, nominal.alone) == ("modality", "nominal", 1)
    assert nominal.result.n_units_compared == 8
    assert nominal.result.percent == pytest.approx(6 / 8)
    (ordered,) = agreement_on_attributes(store, study["id"], ordered=["modality"], resamples=0)
    assert ordered.result.level == "ordinal"
    assert ordered.result.alpha != nominal.result.alpha


def test_a_value_that_the_codebook_does_not_know_has_no_place_in_an_order(store):
    study = opened(store)
    given = {coder: ["fact", "another", "evaluation", "fact", "fact", "proposal", "fact"] for coder in ("A", "B")}
    with store.change(study["id"], "A", "set_values") as change:
        change.connection.execute(schema.statement_value.delete())
        change.insert(schema.statement_value, value_rows(store, study, "modality", given))
    (nominal,) = agreement_on_attributes(store, study["id"], resamples=0)
    assert nominal.result.alpha == pytest.approx(1)
    (ordered,) = agreement_on_attributes(store, study["id"], ordered=["modality"], resamples=0)
    assert ordered.result is None
    assert "not in the codebook's list" in str(ordered.problem)
