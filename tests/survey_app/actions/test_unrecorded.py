"""A version that no row of the store knows shuts the gate until it is taken down, and goes with what was withdrawn."""

import pytest

from survey_app.actions.backing_up import back_up
from survey_app.actions.deleting import names_that_stand, take_down_and_delete
from survey_app.actions.gate import Own, PublishingRefused, gate
from survey_app.actions.publishing import publish
from survey_app.actions.restoring_study import restore
from survey_app.actions.standing import standing_releases
from survey_app.actions.studies import StudyProblem, delete_study, need_study
from survey_app.actions.unrecorded import unrecorded
from survey_app.actions.withdrawing import take_down, withdraw_expert
from survey_app.publishing.folders import withdrawn_in
from survey_app.settings import settings
from survey_app.store import schema
from tests.survey_app.pages.opening import open_page, press, words

REFUSED = "Readers can open 1 version of “demo-en” of which nobody knows any more whom it counted. Take it down first"
pytestmark = [pytest.mark.xdist_group("release"), pytest.mark.usefixtures("quickly")]


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def broken_off(store, study, quickly):
    """A version that was written, and no row: the machine stopped before the store took it in."""
    publish(store, "A", study)
    with store.writing() as connection:
        connection.execute(schema.release.delete())


@pytest.mark.usefixtures("broken_off")
def test_under_no_name_anything_is_published_beside_it_before_it_is_taken_down(store, study):
    for slug in ("", "demo-en", "panel"):
        report = gate(store, study, own=Own(slug=slug))
        assert [str(reason) for reason in report.reasons] == [f"{REFUSED}, on the page “Publish”."]
        with pytest.raises(PublishingRefused, match=REFUSED):
            publish(store, "A", study, slug=slug)
    assert take_down(store, "A", study, "demo-en") == 1
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]
    assert publish(store, "A", study).name == "v2"
    assert unrecorded(store, study) == {}
    assert take_down(store, "A", study, "demo-en") == 1
    assert publish(store, "A", study, slug="panel").name == "v1"


@pytest.mark.usefixtures("broken_off")
def test_it_shows_nobody_who_withdraws(store, study):
    done = withdraw_expert(store, "A", study, "S2")
    assert (done.withdrawn, done.problems) == (1, [])
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]


@pytest.mark.usefixtures("broken_off")
def test_the_page_offers_to_take_it_down():
    app = open_page("publish", "demo-en")
    assert "Readers can open 1 version of “demo-en” that this study does not know." in words(app)
    press(app, "Take down")
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]


def test_a_study_that_comes_back_from_an_older_copy_publishes_nothing_beside_what_stands(store, study, tmp_path):
    copy = back_up(store, study, tmp_path / "copy.zip")
    publish(store, "A", study)
    delete_study(store, study, "demo-en")
    again = restore(store, copy).study
    assert not gate(store, again).passed
    with pytest.raises(PublishingRefused, match=REFUSED):
        publish(store, "A", again, slug="another")
    with pytest.raises(PublishingRefused, match="was published by a study that is no longer here"):
        publish(store, "A", need_study(store, "demo-ru"), slug="demo-en")
    assert take_down(store, "A", need_study(store, "demo-ru"), "demo-en") == 0, "it is not theirs"
    assert take_down(store, "A", again, "demo-en") == 1
    assert publish(store, "A", again).name == "v2"


def test_a_study_can_be_deleted_together_with_what_readers_see_of_it(store, study):
    publish(store, "A", study)
    publish(store, "A", study, slug="panel")
    assert sorted(names_that_stand(store, study)) == ["demo-en", "panel"]
    with pytest.raises(StudyProblem, match="Nothing was deleted"):
        take_down_and_delete(store, "A", study, "panel")
    assert len(standing_releases(store, study)) == 2
    assert take_down_and_delete(store, "A", study, "demo-en") == 2
    for name in ("demo-en", "panel"):
        assert withdrawn_in(settings().releases_folder, name) == [1]


def test_the_list_of_studies_says_that_versions_stay_and_offers_to_take_them_down(store, study):
    assert "Readers go on opening" not in words(open_page("studies"))
    publish(store, "A", study)
    app = open_page("studies")
    (warning,) = [one.value for one in app.warning]
    assert "Readers go on opening what was published under “demo-en”." in warning.replace("\\", "")
    (down,) = [one for one in app.checkbox if one.label == "Take it down first"]
    assert down.value
