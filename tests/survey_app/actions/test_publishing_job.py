"""Publishing as work under way: told of, cancelled before anything is written, one at a time in a study."""

import time

import pytest
from sqlalchemy import func, select, update

from survey_app.actions.gate import PublishingRefused, gate
from survey_app.actions.people import set_consent
from survey_app.actions.publishing import publish
from survey_app.actions.publishing_job import (
    cancel_publishing,
    forget_published,
    published_lately,
    publishing_state,
    start_publishing,
    start_publishing_anew,
)
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.reviewing import reopen_review
from survey_app.actions.rights import NotPermitted
from survey_app.actions.standing import standing_releases
from survey_app.actions.studies import need_study
from survey_app.actions.withdrawing import withdraw_expert, withdraw_statement
from survey_app.jobs import JobState
from survey_app.language import LANGUAGES, translate, use
from survey_app.publishing.folders import UnwritableRelease, withdrawn_in
from survey_app.settings import settings
from survey_app.store import experts, results, schema
from tests.survey_app.actions.own_checks import ADJUDICATED
from tests.survey_app.actions.undecided_demo import state as of_review

PATIENCE_S = 120
pytestmark = pytest.mark.usefixtures("quickly")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def wait_until(store, study, fits):
    """How the publication stands as soon as that fits."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = publishing_state(store, study)[0]
        if fits(found):
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def outcome(store, study):
    """What came of the last one, once nothing is under way."""
    wait_until(store, study, lambda found: not found.under_way)
    return published_lately(store, study)[-1]


def judged_once(found):
    return found.progress >= 0.15


def before_writing(found):
    return found.progress >= 0.85


def left_behind(store, study):
    """Versions that the store knows or has heard of, and whatever lies where they would be."""
    with store.reading() as connection:
        rows = results.releases(connection, study["id"])
        heard = connection.scalar(select(func.count()).where(schema.change.c.verb == "publish"))
    lying = sorted(each.name for each in settings().releases_folder.glob("*/*")) if rows or heard == 0 else ["?"]
    return len(rows), heard, lying


def test_a_publication_is_told_of_until_somebody_has_read_it(store, study):
    assert publishing_state(store, study) == (JobState(), False)
    start_publishing(store, "A", study)
    assert wait_until(store, study, judged_once).message is not None
    told = outcome(store, study)
    assert (told.status, [folder.name for folder in told.made], told.problems("en")) == ("done", ["v1"], [])
    assert [row["version"] for row in standing_releases(store, study)] == [1]
    forget_published(store, study)
    assert published_lately(store, study) == []


@pytest.mark.parametrize("when", [judged_once, before_writing])
def test_a_cancelled_publication_leaves_nothing_and_takes_no_number(store, study, when):
    with store.writing():  # so that it waits where it would write
        start_publishing(store, "A", study)
        wait_until(store, study, when)
        cancel_publishing(store, study)
        assert publishing_state(store, study)[0].stopping
    assert outcome(store, study).status == "cancelled"
    assert left_behind(store, study) == (0, 0, [])
    assert publish(store, "A", study).name == "v1"


def test_of_two_publications_of_a_study_the_second_is_refused(store, study):
    start_publishing(store, "A", study)
    with pytest.raises(PublishingRefused, match="This study is being published at this moment"):
        start_publishing(store, "B", study, slug="another")
    assert [folder.parent.name for folder in outcome(store, study).made] == ["demo-en"]
    assert len(standing_releases(store, study)) == 1


def test_a_bad_name_is_refused_at_once(store, study):
    with pytest.raises(UnwritableRelease):
        start_publishing(store, "A", study, slug="Моё имя")
    assert not publishing_state(store, study)[0].under_way


def test_what_the_gate_refuses_at_the_last_moment_is_told_whole_in_each_language(store, study):
    with use("ru"):  # whoever asks speaks another language than some who read
        start_publishing(store, "A", study)
    wait_until(store, study, judged_once)
    reopen_review(store, "A", study["id"], of_review(store, study).source_id)
    told = outcome(store, study)
    assert (told.status, left_behind(store, study)) == ("failed", (0, 0, []))
    for language in LANGUAGES:
        with use(language):
            expected = [translate(reason) for reason in gate(store, study).reasons]
            assert [translate(problem) for problem in told.problems(language)] == expected != []


def test_an_expert_who_withdraws_meanwhile_is_in_no_number_of_a_version(store, study):
    with store.reading() as connection:
        everybody = [row["id"] for row in experts.experts(connection, study["id"])]
    set_consent(store, "A", study["id"], dict.fromkeys(everybody, "no"))  # there is no quote that could tell it
    start_publishing(store, "A", study)
    wait_until(store, study, judged_once)
    withdraw_expert(store, "A", study, "S2", republish=False)
    told = outcome(store, study)
    assert "The experts of the study or their groups were changed" in str(told.problems("en")[0])
    assert left_behind(store, study) == (0, 0, [])


def test_who_may_not_publish_starts_nothing_and_cancels_nothing(team):
    study, people = team
    researcher, coder = people["researcher"][0], people["coder"][0]
    for ask in (start_publishing, start_publishing_anew):
        with pytest.raises(NotPermitted):
            ask(coder, people["coder"][1]["key"], study)
    start_publishing(researcher, people["researcher"][1]["key"], study)
    for act in (cancel_publishing, publishing_state, published_lately, forget_published):
        with pytest.raises(NotPermitted):
            act(coder, study)
    assert outcome(researcher, study).status == "done"


def test_the_role_is_asked_again_while_a_version_is_made(team):
    study, people = team
    owner, (researcher, coder) = people["owner"][0], people["researcher"]
    start_publishing(researcher, coder["key"], study)
    wait_until(owner, study, judged_once)
    mine = schema.membership.c
    with owner.writing() as connection:
        connection.execute(update(schema.membership).where(mine.account_id == researcher.account).values(role="reader"))
    told = outcome(owner, study)
    assert "Your role in this study does not allow this." in str(told.problems("en")[0])
    assert left_behind(owner, study) == (0, 0, [])


def test_a_withdrawal_leaves_notices_at_once_and_publishes_when_the_one_before_has_ended(store, study):
    publish(store, "A", study)
    start_publishing(store, "A", study, slug="second")
    wait_until(store, study, judged_once)
    withdraw_expert(store, "A", study, "S2", republish=False)
    assert start_publishing_anew(store, "A", study)
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]
    told = outcome(store, study)
    first, last = published_lately(store, study)
    assert (first.anew, first.status) == (False, "failed")
    assert (last.anew, last.status, last.withdrawn, last) == (True, "done", 1, told)
    assert [(row["slug"], row["version"]) for row in standing_releases(store, study)] == [("demo-en", 2)]


def test_a_second_withdrawal_does_what_the_first_has_not_done_yet(store, study):
    publish(store, "A", study)
    withdraw_expert(store, "A", study, "S2", republish=False)
    start_publishing_anew(store, "A", study)
    wait_until(store, study, judged_once)
    statement = released_quotes(store, study, ADJUDICATED)[0].statement_id
    withdraw_statement(store, "A", study, statement, republish=False)
    assert start_publishing_anew(store, "A", study)
    wait_until(store, study, lambda found: not found.under_way)
    (told,) = published_lately(store, study)
    assert (told.status, told.withdrawn, [folder.name for folder in told.made]) == ("done", 1, ["v2"])
    assert [row["version"] for row in standing_releases(store, study)] == [2]


def test_publishing_anew_that_is_cancelled_leaves_the_notices(store, study):
    publish(store, "A", study)
    withdraw_expert(store, "A", study, "S2", republish=False)
    start_publishing_anew(store, "A", study)
    wait_until(store, study, judged_once)
    cancel_publishing(store, study)
    told = outcome(store, study)
    assert (told.anew, told.status, told.withdrawn) == (True, "cancelled", 1)
    assert standing_releases(store, study) == []
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]


def test_where_nothing_is_published_nothing_is_made_anew(store, study):
    assert not start_publishing_anew(store, "A", study)
    assert not publishing_state(store, study)[0].under_way
