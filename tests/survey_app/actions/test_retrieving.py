"""Finding coded statements in a study: as oneself, never as another coder; and queries that are kept."""

import json

import pytest

from coding.queries import ADJUDICATED, All, Any, HasCode, HasValue, Near, Query, UnusableQuery, Where
from coding.segments import ALL
from survey_app.actions.code_merging import merge_codes
from survey_app.actions.demo import DEMO, prepare_demo
from survey_app.actions.retrieving import (
    LONGEST_NAME,
    QueryProblem,
    delete_query,
    queries_of,
    replace_query,
    retrieve,
    save_query,
    undo_query,
)
from survey_app.actions.studies import create_study, need_study
from survey_app.store import codes, schema, studies
from survey_app.store.log import Gone

EXPECTED = json.loads((DEMO / "expected.json").read_text("utf-8"))
SKILLS = Query(HasCode("prob.skills"), layer=ADJUDICATED)


def coder(store, study, key="A"):
    with store.reading() as connection:
        return next(row["id"] for row in studies.coders(connection, study["id"]) if row["key"] == key)


@pytest.fixture
def panel(demo_store):
    study = need_study(demo_store, "demo-en")
    return demo_store, study["id"], coder(demo_store, study)


@pytest.fixture
def kept(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    return fresh_store, study["id"], coder(fresh_store, study)


def names(kept):
    return [row["name"] for row in queries_of(*kept)]


@pytest.mark.parametrize("code", ["prob.skills", "enab.data", "targ.docflow"])
@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_the_demo_answers_as_it_is_known_to(demo_store, slug, code):
    study = need_study(demo_store, slug)
    found = retrieve(demo_store, study["id"], coder(demo_store, study), Query(HasCode(code), layer=ADJUDICATED))
    everybody = found.counts.set_index("group_id").loc[ALL]
    assert (everybody["k"], everybody["n"]) == (EXPECTED["expert_level"][code]["k"], 20)
    assert everybody["statements"] == EXPECTED["statement_level"].get(code, 0)


def test_each_coder_finds_their_own_codings_and_never_anothers(demo_store):
    study = need_study(demo_store, "demo-en")
    anything = Query(Any(tuple(HasCode(root) for root in EXPECTED["roots"])))
    found = {
        key: retrieve(demo_store, study["id"], coder(demo_store, study, key), anything).statements for key in "ABC"
    }
    applied = {key: sum(len(codes) for codes in rows["codes"]) for key, rows in found.items()}
    assert applied == {key: EXPECTED["codings_rows"][key] for key in "ABC"}


def test_k_and_n_are_of_the_groups_that_were_chosen(panel):
    found = retrieve(*panel, Query(HasCode("prob.skills"), Where(groups=("loc", "sci")), ADJUDICATED))
    assert found.counts.to_numpy().tolist()[-1][:3] == [ALL, 5, 6]
    assert found.counts["group_id"].tolist() == ["loc", "sci", ALL]


def test_a_period_looks_at_the_days_of_the_sources(panel):
    found = retrieve(*panel, Query(where=Where(since="2022-10-18", until="2022-10-18")))
    assert len(found.statements) == EXPECTED["statements_by_session"]["S-C"]


def test_values_of_statements_are_the_coders_own(store):
    study = need_study(store, "demo-en")
    one, other = coder(store, study, "A"), coder(store, study, "B")
    said = retrieve(store, study["id"], one, SKILLS).statements["statement_id"][0]
    with store.change(study["id"], "A", "give_value") as change:
        row = {"statement_id": said, "coder_id": one, "attribute": "stage", "value": "s3"}
        change.insert(schema.statement_value, row)
    stage = Query(HasValue("stage", "s3"))
    assert retrieve(store, study["id"], one, stage).statements["statement_id"].tolist() == [said]
    assert retrieve(store, study["id"], other, stage).statements.empty


def test_chats_answers_and_documents_are_found_where_they_are_asked_for(panel):
    store, study_id, coder_id = panel
    everywhere = Query(HasCode("targ.docflow"), Where(kinds=("document",)))
    found = retrieve(store, study_id, coder_id, everywhere)
    assert set(found.statements["source_kind"]) <= {"document"}
    assert found.counts.set_index("group_id").k[ALL] == 0


def test_a_coder_of_another_study_finds_nothing(demo_store):
    english, russian = need_study(demo_store, "demo-en"), need_study(demo_store, "demo-ru")
    with pytest.raises(Gone):
        retrieve(demo_store, english["id"], coder(demo_store, russian), SKILLS)


def test_a_query_is_kept_renamed_replaced_deleted_and_brought_back(kept):
    query = Query(All((HasCode("prob"), Near(HasCode("enab"), 2))), Where(groups=("loc",)))
    kept_id = save_query(kept[0], "A", *kept[1:], "  Near\n help ", query)
    assert names(kept) == ["Near help"]
    replace_query(kept[0], "A", *kept[1:], kept_id, "Problem near help", query)
    replace_query(kept[0], "A", *kept[1:], kept_id, "Problem near help", SKILLS)
    replace_query(kept[0], "A", *kept[1:], kept_id, "Problem near help", SKILLS)  # nothing new: no step of undo
    assert [row["id"] for row in queries_of(*kept)] == [kept_id]
    assert queries_of(*kept)[0]["query"]["that"] == {"code": "prob.skills"}
    delete_query(kept[0], "A", *kept[1:], kept_id)
    assert names(kept) == []
    for expected in (["Problem near help"], ["Problem near help"], ["Near help"], []):
        assert undo_query(kept[0], "A", kept[1])
        assert names(kept) == expected
    assert not undo_query(kept[0], "A", kept[1])


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_NAME + 1), "Twin"])
def test_a_name_that_cannot_be_is_told(kept, name):
    save_query(kept[0], "A", *kept[1:], "Twin", SKILLS)
    with pytest.raises(QueryProblem):
        save_query(kept[0], "A", *kept[1:], name, SKILLS)
    assert names(kept) == ["Twin"]


def test_nobody_reaches_a_query_of_somebody_else(store):
    study = need_study(store, "demo-en")
    one, other = coder(store, study, "A"), coder(store, study, "B")
    kept_id = save_query(store, "A", study["id"], one, "Mine", SKILLS)
    assert queries_of(store, study["id"], other) == []
    for act in (lambda: delete_query(store, "B", study["id"], other, kept_id),
                lambda: replace_query(store, "B", study["id"], other, kept_id, "Yours", SKILLS)):  # fmt: skip
        with pytest.raises(Gone):
            act()


def test_a_query_too_deep_is_not_kept(kept):
    deep = HasCode("prob")
    for _level in range(20):
        deep = All((deep,))
    with pytest.raises(UnusableQuery):
        save_query(kept[0], "A", *kept[1:], "Deep", Query(deep))
    assert names(kept) == []


def test_a_code_that_was_merged_away_is_found_as_the_one_it_went_into(fresh_store):
    study = prepare_demo(fresh_store)[0]
    coder_id = coder(fresh_store, study)
    with fresh_store.reading() as connection:
        keys = {row["key"]: row["id"] for row in codes.codes(connection, study["id"])}
    either = retrieve(fresh_store, study["id"], coder_id, Query(Any((HasCode("prob.skills"), HasCode("prob.unready")))))
    merge_codes(fresh_store, "A", study["id"], keys["prob.unready"], keys["prob.skills"])
    found = retrieve(fresh_store, study["id"], coder_id, Query(HasCode("prob.unready")))
    assert set(found.statements["statement_id"]) == set(either.statements["statement_id"])
