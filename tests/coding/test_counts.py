"""Everything counts twice, by experts and by statements: the demo's known answers, in both languages."""

from dataclasses import replace

import pandas as pd
import pytest
from demo_study import EXPECTED, demo, table

from coding.counts import code_counts, k_of_n, mentions, presence, quotes_of, statements_by_expert
from coding.segments import Segment, Segmentation, by_groups

LANGUAGES = ["en", "ru"]
GROUPS = ["fed", "reg", "loc", "corp", "civ", "bus", "sci", "rmc"]


def counts(frames, **which) -> pd.DataFrame:
    return code_counts(frames, by_groups(frames.groups), **which).set_index(["code_id", "segment"])


@pytest.fixture(scope="module", params=LANGUAGES)
def study(request):
    return demo(request.param)


def test_every_code_has_the_known_k_of_n_in_every_group(study):
    found = counts(study)
    for code, known in EXPECTED["expert_level"].items():
        assert (found.k[code, "all"], found.n[code, "all"]) == (known["k"], known["n"])
        assert {group: f"{found.k[code, group]}/{found.n[code, group]}" for group in GROUPS} == known["by_group"]


def test_statements_are_counted_beside_experts(study):
    found = counts(study).xs("all", level="segment")
    leaves = found[found.index.str.contains(".", regex=False)]
    assert leaves.statements[leaves.statements > 0].to_dict() == EXPECTED["statement_level"]


def test_a_root_counts_experts_with_any_code_under_it(study):
    found = counts(study)
    for root, known in EXPECTED["roots"].items():
        assert found.k[root, "all"] == known["experts_with_any"]
        assert found.applications[root, "all"] == known["applications"]
    for group, known in EXPECTED["problem_enabler_applications_by_group"].items():
        assert {root: found.applications[root, group] for root in known} == known


def test_a_statement_with_two_problems_is_one_statement_and_two_applications(study):
    both = EXPECTED["cooccurrence_statement"]["prob.skills + prob.unready"]
    found = counts(study)
    assert found.applications["prob", "all"] - found.statements["prob", "all"] == both


def test_what_nobody_said_is_shown_as_zero(study):
    found = counts(study)
    silent = [code for code in EXPECTED["codes"] if found.k[code, "all"] == 0]
    assert silent == EXPECTED["codes_never_used_by_experts"]
    assert len(found) == len(study.codes) * (len(GROUPS) + 1)
    assert found.loc["targ.docflow", ["k", "statements"]].to_numpy().sum() == 0
    assert found.n["targ.docflow", "all"] == 20


def test_one_expert_who_talks_much_does_not_change_the_ranking_by_experts(study):
    known = EXPECTED["dominance"]
    codes = counts(study).xs("all", level="segment").loc[EXPECTED["codes"]]
    rankings = {"top3_codes_by_experts": codes.k, "top3_codes_by_statements": codes.statements}
    for name, column in rankings.items():
        ranking = column.sort_values(ascending=False, kind="stable").head(3)
        assert [[code, n] for code, n in ranking.items()] == known[name]
    talk = statements_by_expert(study)
    assert [[expert, talk[expert]] for expert, _ in known["most_statements_expert"]] == known["most_statements_expert"]
    assert talk.idxmax() == "S2"


def test_statements_of_each_expert(study):
    assert statements_by_expert(study).to_dict() == EXPECTED["statements_by_expert"]


def test_merged_groups_count_their_experts_once(study):
    published = EXPECTED["publishing_gate"]["demo_segments"]
    segments = tuple(Segment(key, key, key, tuple(made["groups"])) for key, made in published.items())
    found = code_counts(study, Segmentation("published", "", "", segments)).set_index(["code_id", "segment"])
    for key, made in published.items():
        for code in ("prob.skills", "prob.interagency", "enab.feedback"):
            assert f"{found.k[code, key]}/{found.n[code, key]}" == made[code]
    assert found.k["prob.skills", "all"] == 10


def test_a_group_in_no_segment_still_counts_among_all(study):
    found = code_counts(study, Segmentation("x", "", "", (Segment("loc", "", "", ("loc",)),)))
    assert found[found.code_id == "prob.skills"][["segment", "k", "n"]].to_numpy().tolist() == [
        ["loc", 3, 3],
        ["all", 10, 20],
    ]


def test_english_and_russian_give_the_same_counts():
    pd.testing.assert_frame_equal(counts(demo("en")), counts(demo("ru")))


@pytest.mark.parametrize("role", ["moderator", "assistant", "interpreter", "observer", "unknown"])
def test_a_moderator_is_never_counted(study, role):
    spoken = study.statements.groupby("source_id").tail(1)
    asked = spoken.assign(
        statement_id=spoken.statement_id + "-m",
        start=spoken.end + 1,
        end=spoken.end + 1 + spoken.text.str.len(),
        role=role,
        # even under the name of an expert by mistake: the role decides
        expert_id=["F1" if role == "moderator" else ""] * len(spoken),
    )
    coded = pd.DataFrame(
        [
            {"coding_id": f"{row.statement_id}/{code}/{layer}", "source_id": row.source_id, "start": row.start,
             "end": row.end, "code_id": code, "coder_id": "A", "layer": layer, "origin": "hand"}
            for row in asked.itertuples() for code in EXPECTED["codes"] for layer in ("coder", "adjudicated")
        ]
    )  # fmt: skip
    louder = replace(study, statements=pd.concat([study.statements, asked]), codings=pd.concat([study.codings, coded]))
    pd.testing.assert_frame_equal(counts(louder), counts(study))
    pd.testing.assert_frame_equal(presence(louder), presence(study))
    pd.testing.assert_series_equal(statements_by_expert(louder), statements_by_expert(study))
    assert len(quotes_of(louder, "prob.skills")) == 13


def test_display_names_that_are_not_merged_would_make_twenty_two_experts(study):
    names = {row["statement_id"]: row["display_name_en"] for row in table("statements.csv")}
    statements = study.statements.assign(expert_id=study.statements["label"].map(names))
    people = study.statements.assign(name=statements.expert_id).drop_duplicates("name")
    experts = people[["name", "expert_id"]].merge(study.experts, on="expert_id").drop(columns="expert_id")
    found = counts(replace(study, statements=statements, experts=experts.rename(columns={"name": "expert_id"})))
    for code, k_n in EXPECTED["aliases"]["if_not_merged"].items():
        assert f"{found.k[code, 'all']}/{found.n[code, 'all']}" == k_n


def test_open_answers_count_only_when_asked_for(study):
    answer = study.statements.head(1).assign(statement_id="x", source_id="ANS", source_kind="answer", expert_id="F2")
    coded = study.codings.head(1).assign(
        coding_id="x", source_id="ANS", start=answer.start, end=answer.end, code_id="targ.docflow", layer="adjudicated"
    )
    wider = replace(study, statements=pd.concat([study.statements, answer]), codings=pd.concat([study.codings, coded]))
    assert counts(wider).k["targ.docflow", "all"] == 0
    assert counts(wider, source_kinds=("session", "answer")).k["targ.docflow", "fed"] == 1
    assert statements_by_expert(wider).sum() == 280
    assert statements_by_expert(wider, ("answer",)).sum() == 1


def test_one_coders_result_is_that_coders(study):
    assert counts(study, layer="coder", coder_id="B").statements["prob.low_ict", "all"] == 5
    assert counts(study).statements["prob.low_ict", "all"] == 3
    assert len(mentions(study, layer="coder", coder_id="C")) == EXPECTED["coder_C"]["codes_applied"]


def test_presence_has_every_expert_and_every_code(study):
    said = presence(study)
    assert said.shape == (20, 49)
    assert said.to_numpy().dtype == bool
    assert said.loc["S2", "enab.data"]
    assert said["prob"].all()
    both = said["enab.feedback"] & said["plat.network"]
    either = said["enab.feedback"] | said["plat.network"]
    known = EXPECTED["cooccurrence_expert_jaccard"]["enab.feedback + plat.network"]
    assert both.sum() / either.sum() == pytest.approx(known, abs=5e-5)


def test_k_of_n_is_two_numbers(study):
    assert k_of_n(study, "prob.skills") == (10, 20)
    assert k_of_n(study, "prob.skills", ["reg", "loc"]) == (5, 6)
    assert k_of_n(study, "targ.docflow", ["fed"]) == (0, 2)
    assert k_of_n(study, "targ") == (3, 20)


def test_the_words_behind_a_number_are_all_there_in_order(study):
    quotes = quotes_of(study, "prob.skills", ["loc"])
    assert set(quotes.expert_id) == {"L1", "L2", "L3"}
    assert len(quotes) == 6
    assert list(quotes.columns) == ["statement_id", "label", "expert_id", "group_id", "text", "start_s", "source_id"]
    place = {label: n for n, label in enumerate(study.statements.label)}
    assert quotes.label.map(place).is_monotonic_increasing
    assert len(quotes_of(study, "prob")) == 75
    assert quotes_of(study, "targ.docflow").empty


def test_a_code_under_a_code_under_a_root_counts_for_both():
    study = demo()
    deeper = study.codes.assign(
        parent_id=study.codes.parent_id.where(study.codes.code_id != "prob.unready", "prob.skills")
    )
    found = counts(replace(study, codes=deeper))
    said = presence(study)
    assert found.k["prob.skills", "all"] == (said["prob.skills"] | said["prob.unready"]).sum()
    assert found.k["prob", "all"] == 20
    assert found.statements["prob", "all"] == 75
