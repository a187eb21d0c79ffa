"""A trainee codes blind and is compared with what was decided; training counts nowhere."""

import pytest

from survey_app.actions.assigning import assign, hand_in
from survey_app.actions.opening import open_comparison
from survey_app.actions.results import coded_statements, frames_of, frames_with_training
from survey_app.actions.sampling import draw_sample
from survey_app.actions.training import trainings
from survey_app.store import codes as code_rows
from survey_app.store import schema, sources
from survey_app.store.sight import training_pairs
from tests.survey_app.actions.planning import ids_of, looks_at_all


@pytest.fixture
def here(team):
    """Coder C trains on S-B: looks at everything, gives the decided codes but for one, which is given elsewhere."""
    study, people = team
    store = people["owner"][0].acting(None)
    ids = ids_of(store, study)
    text, coder = ids.source["S-B"], ids.coder["C"]
    assign(store, "A", study["id"], [coder], [text], purpose="training")
    looks_at_all(store, study, coder, text)
    with store.change(study["id"], "C", "code") as change:
        rows = [
            dict(row)
            for row in change.connection.execute(
                schema.coding.select().where(schema.coding.c.source_id == text, schema.coding.c.layer == "adjudicated")
            ).mappings()
        ]
        rows.sort(key=lambda row: (row["start"], row["end"], row["code_id"]))
        missed = rows[0]
        coded = {(row["start"], row["end"]) for row in rows}
        bare = next(
            row for row in sources.statements(change.connection, text) if (row["start"], row["end"]) not in coded
        )
        own = [{**row, "coder_id": coder, "layer": "coder"} for row in rows[1:]]
        own.append(missed | {"coder_id": coder, "layer": "coder", "start": bare["start"], "end": bare["end"]})
        change.insert(schema.coding, [{name: row[name] for name in row if name != "id"} for row in own])
        book = {row["id"]: row["key"] for row in code_rows.codes(change.connection, study["id"])}
    return study, store, people, ids, book[missed["code_id"]], len(rows)


def done(here):
    study, _store, people, ids, *_rest = here
    hand_in(people["coder"][0], "C", study["id"], ids.coder["C"], ids.source["S-B"])


def test_the_result_says_per_code_what_was_hit_missed_and_extra(here):
    study, _store, people, _ids, code, size = here
    done(here)
    (found,) = trainings(people["coder"][0], study["id"])
    per_code = found.result.per_code.set_index("code_id")
    assert (per_code.loc[code, "missed"], per_code.loc[code, "extra"]) == (1, 1)
    assert per_code["hits"].sum() == size - 1
    assert (per_code["missed"].sum(), per_code["extra"].sum()) == (1, 1)
    assert (found.result.compared, found.result.alike) == (108, 106)
    assert set(found.result.differences["statement_id"]) <= set(found.statements)
    assert found.agreement.n_coders == 2
    assert 0 < found.agreement.per_code[code].cohen < 1
    others = [each for key, each in found.agreement.per_code.items() if key != code]
    assert {each.percent for each in others} == {1.0}


def test_nothing_is_shown_before_it_is_handed_in(here):
    study, _store, people, ids, *_rest = here
    for role in ("coder", "researcher", "owner"):
        assert trainings(people[role][0], study["id"]) == []
    mine = frames_with_training(people["coder"][0], study["id"]).codings
    here_now = mine[mine["source_id"] == ids.source["S-B"]]
    assert set(here_now["coder_id"]) == {"C"}
    assert set(here_now["layer"]) == {"coder"}


def test_researchers_see_every_trainee_and_a_coder_only_themself(here):
    study, store, people, ids, *_rest = here
    done(here)
    assert [each.row["coder_key"] for each in trainings(people["researcher"][0], study["id"])] == ["C"]
    assert trainings(people["researcher"][0], study["id"], ids.coder["A"]) == []
    with store.writing() as connection:
        connection.execute(
            schema.membership.update().where(schema.membership.c.role == "researcher").values(role="coder")
        )
    assert trainings(people["researcher"][0], study["id"], ids.coder["C"]) == []


def test_a_researcher_who_codes_the_text_blind_sees_no_result_yet(here):
    study, store, people, ids, *_rest = here
    assign(store, "A", study["id"], [ids.coder["B"]], [ids.source["S-B"]])
    done(here)
    assert trainings(people["researcher"][0], study["id"]) == []
    assert len(trainings(people["owner"][0], study["id"])) == 1


def test_training_counts_nowhere(here):
    study, store, people, ids, *_rest = here
    text = ids.source["S-B"]
    with store.reading() as connection:
        assert training_pairs(connection, study["id"]) == {(text, "C")}
    done(here)
    open_comparison(store, "A", study["id"], [text])
    for role in ("coder", "researcher", "owner", "reader"):
        codings = frames_of(people[role][0], study["id"]).codings
        assert "C" not in set(codings.loc[(codings["source_id"] == text) & (codings["layer"] == "coder"), "coder_id"])
    whole = frames_of(store, study["id"])
    practice = whole.statements.loc[whole.statements["source_id"] == text, "statement_id"]
    assert not coded_statements(store, study["id"], "C")["statement_id"].isin(practice).any()
    assert len(coded_statements(store, study["id"], "C")) > 0


def test_the_adjudicated_codings_of_the_training_text_alone_are_shown_after_it(here):
    study, _store, people, ids, *_rest = here
    done(here)
    codings = frames_of(people["coder"][0], study["id"]).codings
    assert set(codings.loc[codings["layer"] == "adjudicated", "source_id"]) == {ids.source["S-B"]}


def test_of_a_sample_only_its_statements_are_compared(team):
    study, people = team
    store = people["owner"][0].acting(None)
    ids = ids_of(store, study)
    text, coder = ids.source["S-B"], ids.coder["C"]
    sample_id = draw_sample(store, "A", study["id"], "To train on", 20, source_ids=[text], seed=2)
    assign(store, "A", study["id"], [coder], [text], purpose="training", sample_id=sample_id)
    looks_at_all(store, study, coder, text)
    hand_in(people["coder"][0], "C", study["id"], coder, text)
    (found,) = trainings(people["coder"][0], study["id"])
    assert found.result.compared == 20
    assert found.result.per_code["hits"].sum() == 0
    assert found.result.per_code["missed"].sum() > 0


def test_only_statements_that_are_decided_count_where_decisions_are_kept(here):
    study, store, people, ids, _code, _size = here
    text = ids.source["S-B"]
    with store.change(study["id"], "A", "decide") as change:
        connection = change.connection
        first = sources.statements(connection, text)[-1]["id"]
        change.insert(schema.decision, {"statement_id": first, "coder_id": ids.coder["A"]})
    done(here)
    (found,) = trainings(people["coder"][0], study["id"])
    assert first in found.statements
    assert found.result.compared < 108
