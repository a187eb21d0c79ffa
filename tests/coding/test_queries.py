"""Queries on coded statements: the demo's known answers, and what must hold whatever is asked."""

from dataclasses import replace

import pandas as pd
import pytest
from demo_study import EXPECTED, demo, statement_uuid, table
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.codings import choose_layer, codes_of_statements
from coding.queries import (
    ANYTHING,
    All,
    Any,
    HasCode,
    HasValue,
    Near,
    Not,
    Query,
    SameExpert,
    Says,
    UnusableQuery,
    Where,
    find,
    tally,
)
from coding.query_form import DEEPEST, MOST_CONDITIONS, read_query, write_query
from coding.segments import ALL
from coding.vicinity import neighbours

DATES = {row["session"]: row["date"] for row in table("sessions.csv")}
ATTRIBUTES = ("modality", "level_meant", "assent", "life_situation", "stage")
VALUES = pd.DataFrame(
    [
        {"statement_id": statement_uuid(row["statement_id"]), "attribute": name, "value": row[name]}
        for row in table("statements.csv")
        for name in ATTRIBUTES
        if row[name]
    ]
)
SKILLS, UNREADY = HasCode("prob.skills"), HasCode("prob.unready")


def run(condition=ANYTHING, *, frames=None, coder=None, **where):
    frames = demo() if frames is None else frames
    codings = choose_layer(frames.codings, "coder" if coder else "adjudicated", coder)
    query = Query(condition, Where(**where))
    return find(
        query,
        frames.statements,
        codes_of_statements(frames.statements, codings),
        frames.codes,
        frames.experts,
        VALUES,
        DATES,
    )


def labels(condition=ANYTHING, **where):
    return run(condition, **where)["label"].tolist()


# ------------------------------------------------------------------ known answers
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", EXPECTED["codes"])
def test_a_code_is_found_as_often_as_it_is_counted(code, language):
    frames = demo(language)
    counts = tally(run(HasCode(code), frames=frames), frames.experts, frames.groups).set_index("group_id")
    known = EXPECTED["expert_level"][code]
    assert (counts.k[ALL], counts.n[ALL]) == (known["k"], known["n"])
    assert {group: f"{counts.k[group]}/{counts.n[group]}" for group in known["by_group"]} == known["by_group"]
    assert counts.statements[ALL] == EXPECTED["statement_level"].get(code, 0)


def test_a_code_brings_everything_below_it():
    for root, known in EXPECTED["roots"].items():
        assert run(HasCode(root))["expert_id"].nunique() == known["experts_with_any"]


def test_two_codes_on_one_statement():
    found = run(All((SKILLS, UNREADY)))
    assert len(found) == EXPECTED["cooccurrence_statement"]["prob.skills + prob.unready"]
    assert set(found["matched"]) == {("prob.skills", "prob.unready")}


def test_the_same_expert_said_both_somewhere():
    skills, other = HasCode("prob.skills"), HasCode("prob.interagency")
    both = run(All((Any((skills, other)), SameExpert(skills), SameExpert(other))))["expert_id"].nunique()
    either = run(Any((skills, other)))["expert_id"].nunique()
    assert round(both / either, 4) == EXPECTED["cooccurrence_expert_jaccard"]["prob.skills + prob.interagency"]


def test_attributes_are_found_as_often_as_they_were_given():
    for attribute in ATTRIBUTES:
        for value, count in EXPECTED["attributes"][attribute].items():
            assert len(labels(HasValue(attribute, value))) == count
    assert len(labels(HasValue("modality"))) == sum(EXPECTED["attributes"]["modality"].values())


def test_a_coder_finds_only_what_that_coder_coded():
    assert len(run(HasCode("prob"), coder="C")) < len(run(HasCode("prob"), coder="A"))
    assert run(HasCode("prob"), coder="C")["source_id"].unique().tolist() == ["S-A"]


def test_groups_questions_sources_and_days_narrow_the_result():
    everything = run()
    assert len(everything) == EXPECTED["statements_total"]
    assert set(run(groups=("loc",))["expert_id"]) == {"L1", "L2", "L3"}
    assert len(labels(sources=("S-B",))) == EXPECTED["statements_by_session"]["S-B"]
    assert set(run(questions=("intro",))["question_id"]) == {"intro"}
    assert set(run(since="2022-10-12", until="2022-10-13")["source_id"]) == {"S-B"}
    assert set(run(until="2022-10-11")["source_id"]) == {"S-A"}
    assert labels(since="2023-01-01") == []


def test_words_are_found_whatever_their_case_and_their_yo():
    frames = demo("ru")
    texts = frames.statements.assign(text=["Ещё  НЕ всё", *frames.statements["text"].tolist()[1:]])
    assert "S-A.L1.01" in set(run(Says("еще не все"), frames=replace(frames, statements=texts))["label"])


def test_a_moderator_is_never_found_but_may_be_near():
    frames = demo()
    first = frames.statements["statement_id"][0]
    asked = frames.statements.copy()
    asked.loc[0, ["role", "expert_id", "text"]] = ["moderator", "", "What about budgets?"]
    changed = replace(frames, statements=asked)
    assert first not in set(run(frames=changed)["statement_id"])
    assert run(Near(Says("budgets?"), 2), frames=changed)["order"].tolist() == [2, 3]  # the demo's order begins at 1


def test_a_speaker_who_is_nobody_yet_is_found_and_not_counted():
    frames = demo()
    unknown = frames.statements.copy()
    unknown.loc[unknown["expert_id"] == "L1", ["role", "expert_id"]] = ["unknown", ""]
    frames = replace(frames, statements=unknown)
    found = run(SKILLS, frames=frames)
    assert len(found) == EXPECTED["statement_level"]["prob.skills"]
    counts = tally(found, frames.experts, frames.groups).set_index("group_id")
    assert counts.k[ALL] == EXPECTED["expert_level"]["prob.skills"]["k"] - 1
    assert counts.statements[ALL] == (found["expert_id"] != "").sum()


def test_what_stands_before_and_after():
    statements = demo().statements
    second = statements.iloc[1]
    first = statements["statement_id"][0]
    found = neighbours(statements, [second["statement_id"], first])
    before, after = found[second["statement_id"]]
    assert (before["label"], after["label"]) == (statements["label"][0], statements["label"][2])
    assert found[first][0] is None


def test_written_answers_of_different_experts_are_no_neighbours():
    frames = demo()
    own = frames.statements[frames.statements["source_id"] == frames.statements["source_id"][0]].head(6).copy()
    own["source_kind"], own["role"] = "answer", "expert"
    own["expert_id"] = ["L1", "F1", "L1", "", "", "L1"]
    own["text"] = ["budget", "a", "b", "c", "d", "e"]
    ids = list(own["statement_id"])
    frames = replace(frames, statements=own)
    kinds = ("answer",)
    assert list(run(Near(Says("budget"), 1), kinds=kinds, frames=frames)["statement_id"]) == [ids[0], ids[2]]
    assert list(run(Near(Says("budget"), 9), kinds=kinds, frames=frames)["statement_id"]) == [ids[0], ids[2], ids[5]]
    assert list(run(Near(Says("c"), 5), kinds=kinds, frames=frames)["statement_id"]) == [ids[3]]
    found = neighbours(own, ids)
    known = [tuple(one and one["statement_id"] for one in found[each]) for each in ids]
    assert known == [(None, ids[2]), (None, None), (ids[0], ids[5]), (None, None), (None, None), (ids[2], None)]


def test_a_code_that_is_gone_is_told_by_name():
    with pytest.raises(UnusableQuery, match=r"“prob.gone” is no longer in the codebook"):
        run(Not(HasCode("prob.gone")))


def test_a_study_without_codings_or_statements_answers_with_nothing():
    frames = demo()
    empty = replace(frames, codings=frames.codings.iloc[:0])
    assert run(SKILLS, frames=empty).empty
    assert run(Near(SKILLS, 3), frames=replace(empty, statements=frames.statements.iloc[:0])).empty


# ------------------------------------------------------------------ what always holds
leaves = st.one_of(
    st.sampled_from(["prob", "enab", "prob.skills", "enab.data", "role"]).map(HasCode),
    st.sampled_from(["data", "people", "xyzzy"]).map(Says),
    st.sampled_from([HasValue("modality", "fact"), HasValue("stage")]),
)
trees = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.lists(part, max_size=3).map(tuple).map(All),
        st.lists(part, max_size=3).map(tuple).map(Any),
        part.map(Not),
        st.builds(Near, part, st.integers(0, 4)),
        part.map(SameExpert),
    ),
    max_leaves=5,
)


@settings(max_examples=25, deadline=None)
@given(trees, trees, st.integers(0, 4), st.integers(0, 4))
def test_the_laws_of_conditions(one, other, near, far):
    everything = set(labels())
    found = {name: set(labels(one if name == "one" else other)) for name in ("one", "other")}
    assert set(labels(Not(Not(one)))) == found["one"]
    assert set(labels(Not(one))) == everything - found["one"]
    assert labels(All((one, other))) == labels(All((other, one)))
    assert labels(Not(All((one, other)))) == labels(Any((Not(one), Not(other))))
    assert labels(Not(Any((one, other)))) == labels(All((Not(one), Not(other))))
    assert labels(Near(one, 0)) == labels(one)
    assert set(labels(Near(one, min(near, far)))) <= set(labels(Near(one, max(near, far))))
    assert labels(Near(Near(one, near), far)) == labels(Near(one, near + far))
    assert labels(Near(Any((one, other)), near)) == labels(Any((Near(one, near), Near(other, near))))
    assert found["one"] <= set(labels(SameExpert(one)))
    assert labels(SameExpert(SameExpert(one))) == labels(SameExpert(one))


@given(trees, st.sampled_from(["own", "adjudicated"]), st.lists(st.sampled_from(["loc", "civ"]), unique=True))
def test_a_query_survives_being_written_down(tree, layer, groups):
    query = Query(tree, Where(groups=tuple(groups), since="2024-01-01"), layer)
    assert read_query(write_query(query)) == query


# ------------------------------------------------------------------ what is refused
def nested(depth):
    tree = {"code": "prob"}
    for _level in range(depth):
        tree = {"not": tree}
    return {"that": tree}


@pytest.mark.parametrize(
    "given",
    [
        None, [], "prob", {"coder": "B"}, {"layer": "coder"}, {"layer": "B"}, {"that": []}, {"that": {"code": " "}},
        {"that": {"code": 5}}, {"that": {"code": "a", "not": {"code": "b"}}}, {"that": {"all": "prob"}},
        {"that": {"near": {"code": "a"}, "within": 51}}, {"that": {"near": {"code": "a"}, "within": True}},
        {"that": {"near": {"code": "a"}}}, {"that": {"words": "x" * 201}}, {"where": []}, {"where": {"coder": ["B"]}},
        {"where": {"groups": "loc"}}, {"where": {"kinds": ["film"]}}, {"where": {"since": "yesterday"}},
        {"where": {"until": 5}}, {"where": {"groups": ["x"] * 1001}}, nested(DEEPEST),
        {"that": {"all": [{"code": "a"}] * MOST_CONDITIONS}},
    ],
)  # fmt: skip
def test_what_is_no_query_gets_a_sentence(given):
    with pytest.raises(UnusableQuery) as told:
        read_query(given)
    assert str(told.value).endswith(".")


def test_the_largest_queries_are_read():
    assert read_query(nested(DEEPEST - 1))
    assert read_query({"that": {"all": [{"code": "a"}] * (MOST_CONDITIONS - 1)}})
    assert read_query({}) == Query()


def test_near_in_another_statement_is_not_this_one():
    here, near, another = (
        set(labels(SKILLS)), set(labels(Near(SKILLS, 2))), set(labels(Near(SKILLS, 2, another=True))),
    )  # fmt: skip
    assert another <= near
    assert near == here | another
    alone = here - another
    assert alone, "somebody says it with nobody near who does"
    statements = demo().statements
    place = {row.label: (row.source_id, row.order) for row in statements.itertuples()}
    said = {place[label] for label in here}
    for label in alone:
        source, order = place[label]
        assert not said & {(source, order + step) for step in (-2, -1, 1, 2)}
