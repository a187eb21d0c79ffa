"""An expert who has withdrawn is in no table, and nothing they said, answered or was coded of it is; undone, all of it
is there again."""

import pytest
from sqlalchemy import select

from coding.codings import codes_of_statements
from coding.counts import code_counts, expert_statements
from coding.segments import by_groups
from survey_app.actions.exporting import coded_statements
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.store import schema, studies
from survey_app.store.experts import experts, names, taking_part
from survey_app.store.frames import words_of_withdrawn


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def withdraw(store, study, key, at="2026-01-01T00:00:00+00:00"):
    with store.change(study["id"], "A", "withdraw_expert") as change:
        row = change.connection.execute(
            select(schema.expert).where(schema.expert.c.study_id == study["id"], schema.expert.c.key == key)
        ).mappings().one()  # fmt: skip
        change.update(schema.expert, row["id"], withdrawn_at=at)
        return row


def test_nothing_of_a_withdrawn_expert_is_in_a_table(store, study):
    before = frames_of(store, study["id"])
    withdraw(store, study, "L1")
    after = frames_of(store, study["id"])
    gone = before.statements[before.statements["expert_id"] == "L1"]
    assert len(after.experts) == len(before.experts) - 1 == 19
    assert len(expert_statements(after)) == 280 - len(gone[gone["source_kind"] == "session"])
    assert not set(gone["statement_id"]) & set(after.statements["statement_id"])
    assert "L1" not in set(after.answers["expert_id"])
    assert set(before.answers["expert_id"]) - set(after.answers["expert_id"]) == {"L1"}
    coded = codes_of_statements(before.statements, before.codings)
    theirs = set(coded[coded["statement_id"].isin(gone["statement_id"])]["coding_id"])
    assert theirs
    assert not theirs & set(after.codings["coding_id"])
    assert len(after.codings) == len(before.codings) - len(theirs)
    _header, rows = coded_statements(store, study)
    said = {text for row in rows for text in row}
    assert "L1" not in said
    assert not set(gone["text"]) & said - set(after.statements["text"])


def test_counts_are_those_of_the_others(store, study):
    def k(frames):
        counted = code_counts(frames, by_groups(frames.groups))
        return counted[counted["segment"] == "all"].set_index("code_id")["k"]

    before = frames_of(store, study["id"])
    codes = codes_of_statements(expert_statements(before), before.codings)
    own = before.statements[before.statements["expert_id"] == "L1"]["statement_id"]
    said = set(codes[codes["statement_id"].isin(own) & (codes["layer"] == "adjudicated")]["code_id"])
    withdraw(store, study, "L1")
    fewer = (k(before) - k(frames_of(store, study["id"]))).to_dict()
    assert {code for code, less in fewer.items() if less} >= said
    assert set(fewer.values()) == {0, 1}


def test_the_others_keep_their_places_in_a_session(store, study):
    before = frames_of(store, study["id"]).statements.set_index("statement_id")["order"]
    withdraw(store, study, "L1")
    after = frames_of(store, study["id"]).statements.set_index("statement_id")["order"]
    assert after.to_dict() == before[after.index].to_dict()


def test_names_and_words_of_a_withdrawn_expert_still_must_not_go_out(store, study):
    row = withdraw(store, study, "L1")
    with store.reading() as connection:
        assert row["name"] in names(connection, study["id"])
        assert len(words_of_withdrawn(connection, study["id"])) > 0
        assert words_of_withdrawn(connection, need_study(store, "demo-ru")["id"]) == []
        assert len(experts(connection, study["id"])) == 20
        assert len(taking_part(connection, study["id"])) == 19
        assert studies.sizes(connection, study["id"])["experts"] == 19


def test_undone_everything_is_there_again(store, study):
    before = frames_of(store, study["id"])
    withdraw(store, study, "L1")
    withdraw(store, study, "L1", at="")
    after = frames_of(store, study["id"])
    for name in ("statements", "experts", "codings", "answers", "values"):
        assert getattr(after, name).equals(getattr(before, name)), name
