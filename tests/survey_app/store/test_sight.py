"""The law of what one person may see of the coding, as a table of cases and as properties over any plan of coding."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.store import schema
from survey_app.store.log import Store, new_id
from survey_app.store.migrate import migrate
from survey_app.store.sight import EVERYTHING, sight, training_pairs
from survey_app.store.team import Member, Role

DONE, NOT_YET = "2026-01-01T00:00:00+00:00", ""
ME, OTHER, SETTLED = "me", "other", "settled"
BLIND, BLIND_DONE = ("blind", "work", NOT_YET), ("blind", "work", DONE)
OPEN, OPEN_DONE = ("open", "work", NOT_YET), ("open", "work", DONE)
TRAINING, TRAINED = ("blind", "training", NOT_YET), ("blind", "training", DONE)
"""mode, purpose, finished_at of an assignment."""
ANY = [None, BLIND, BLIND_DONE, OPEN, OPEN_DONE, TRAINING, TRAINED]


KNOWN = {}
"""What was asked before: there are only so many plans."""


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    """One study, one text, two coders: (store, study, text, coders by key). What a test adds, it rolls back."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('sight') / 'rakurs.db'}")
    migrate(store)
    study, text = new_id(), new_id()
    coders = {key: new_id() for key in (ME, OTHER)}
    with store.writing() as connection:
        connection.execute(schema.study.insert().values(id=study, slug="s"))
        connection.execute(schema.source.insert().values(id=text, study_id=study, key="T", kind="session"))
        for key, coder in coders.items():
            connection.execute(schema.coder.insert().values(id=coder, study_id=study, key=key))
    yield store, study, text, coders
    store.engine.dispose()


def sight_under(little, *plan):
    """What I see as a role under a plan of coding, and the pairs in training; each plan is tried once."""
    if plan not in KNOWN:
        KNOWN[plan] = asked_of_the_store(little, *plan)
    return KNOWN[plan]


def asked_of_the_store(little, role, mine, others, opened):
    """The same from the tables."""
    store, study, text, coders = little
    with store.engine.connect() as connection, connection.begin() as transaction:
        for key, plan in ((ME, mine), (OTHER, others)):
            if plan is not None:
                mode, purpose, finished_at = plan
                connection.execute(
                    schema.assignment.insert().values(
                        id=new_id(), study_id=study, coder_id=coders[key], source_id=text, mode=mode, purpose=purpose,
                        finished_at=finished_at,
                    )
                )  # fmt: skip
        if opened:
            connection.execute(schema.opening.insert().values(id=new_id(), source_id=text, at=DONE))
        coder = (None, "") if role is Role.READER else (coders[ME], ME)
        found = sight(connection, study, Member("account", role, *coder)), training_pairs(connection, study)
        transaction.rollback()
    return found


def seen(little, role, mine, others, opened):
    """Of my codings, another coder's and the settled ones at the text, those that I see; a reader has no own."""
    text = little[2]
    found, _training = sight_under(little, role, mine, others, opened)
    layers = {ME: (ME, "coder"), OTHER: (OTHER, "coder"), SETTLED: (OTHER, "adjudicated")}
    return {name for name, (coder, layer) in layers.items() if found.sees(text, coder, layer)}


@pytest.mark.parametrize(
    ("role", "mine", "others", "opened", "expected"),
    [
        (Role.CODER, None, None, False, {ME}),
        (Role.CODER, None, None, True, {ME, OTHER, SETTLED}),
        (Role.CODER, BLIND, BLIND_DONE, False, {ME}),
        (Role.CODER, BLIND, BLIND_DONE, True, {ME}),
        (Role.CODER, BLIND_DONE, BLIND, False, {ME}),
        (Role.CODER, BLIND_DONE, BLIND, True, {ME, OTHER, SETTLED}),
        (Role.CODER, OPEN, OPEN, False, {ME, OTHER}),
        (Role.CODER, OPEN_DONE, OPEN, False, {ME, OTHER}),
        (Role.CODER, OPEN, BLIND, False, {ME}),
        (Role.CODER, BLIND, OPEN, False, {ME}),
        (Role.CODER, TRAINING, None, False, {ME}),
        (Role.CODER, TRAINING, BLIND_DONE, True, {ME}),
        (Role.CODER, TRAINED, BLIND_DONE, False, {ME, SETTLED}),
        (Role.CODER, TRAINED, TRAINED, False, {ME, SETTLED}),
        (Role.CODER, TRAINED, BLIND_DONE, True, {ME, OTHER, SETTLED}),
        (Role.CODER, BLIND_DONE, TRAINED, True, {ME, SETTLED}),
        (Role.RESEARCHER, None, BLIND, False, {ME, SETTLED}),
        (Role.RESEARCHER, None, BLIND, True, {ME, OTHER, SETTLED}),
        (Role.RESEARCHER, None, TRAINING, True, {ME, SETTLED}),
        (Role.RESEARCHER, None, TRAINED, False, {ME, OTHER, SETTLED}),
        (Role.RESEARCHER, BLIND, TRAINED, True, {ME}),
        (Role.OWNER, BLIND_DONE, TRAINED, False, {ME, OTHER, SETTLED}),
        (Role.READER, None, BLIND_DONE, False, {SETTLED}),
        (Role.READER, None, BLIND_DONE, True, {ME, OTHER, SETTLED}),
        (Role.READER, None, TRAINED, True, {ME, SETTLED}),
    ],
)  # fmt: skip
def test_the_law(little, role, mine, others, opened, expected):
    assert seen(little, role, mine, others, opened) == expected


CODES = st.sampled_from([Role.CODER, Role.RESEARCHER, Role.OWNER])
PLANS = st.sampled_from(ANY)


@given(CODES, PLANS, PLANS, st.booleans())
def test_own_work_is_always_seen_and_an_unfinished_blind_coder_sees_nothing_else(little, role, mine, others, opened):
    found = seen(little, role, mine, others, opened)
    assert ME in found
    if mine in (BLIND, TRAINING):
        assert found == {ME}


@given(CODES, PLANS, PLANS)
def test_opening_a_comparison_hides_nothing(little, role, mine, others):
    assert seen(little, role, mine, others, False) <= seen(little, role, mine, others, True)


@given(CODES, st.sampled_from([BLIND, OPEN, TRAINING]), PLANS, st.booleans())
def test_handing_in_hides_nothing(little, role, mine, others, opened):
    handed_in = (mine[0], mine[1], DONE)
    assert seen(little, role, mine, others, opened) <= seen(little, role, handed_in, others, opened)


@given(st.sampled_from(Role), PLANS, st.booleans())
def test_a_role_that_may_more_sees_no_less(little, role, others, opened):
    mine = None
    higher = seen(little, Role.OWNER, mine, others, opened)
    assert seen(little, role, mine, others, opened) <= higher


@given(PLANS, st.sampled_from([TRAINING, TRAINED]), st.booleans())
def test_a_coder_never_sees_the_training_of_another(little, mine, others, opened):
    assert OTHER not in seen(little, Role.CODER, mine, others, opened)


@given(st.sampled_from(Role), PLANS, PLANS, st.booleans(), st.data())
def test_rows_of_a_frame_are_seen_one_by_one(little, role, mine, others, opened, data):
    found, _training = sight_under(little, role, mine, others, opened)
    texts, layers = st.sampled_from([little[2], "another text"]), st.sampled_from(["coder", "adjudicated"])
    rows = data.draw(st.lists(st.tuples(texts, st.sampled_from([ME, OTHER]), layers)))
    frame = pd.DataFrame(rows, columns=["source_id", "coder_id", "layer"])
    assert found.of(frame).index.tolist() == [place for place, row in enumerate(rows) if found.sees(*row)]
    assert EVERYTHING.of(frame) is frame


@given(PLANS, PLANS)
def test_the_pairs_in_training_are_those_of_that_purpose(little, mine, others):
    _found, training = sight_under(little, Role.CODER, mine, others, False)
    plans = {(little[2], ME): mine, (little[2], OTHER): others}
    assert training == {pair for pair, plan in plans.items() if plan and plan[1] == "training"}
