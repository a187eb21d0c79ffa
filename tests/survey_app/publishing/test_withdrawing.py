"""What was published can be taken back: a notice stays in its place, and nothing of what it held."""

import json

import pytest

from survey_app.publishing.folders import UnwritableRelease, versions_in
from survey_app.publishing.public_page import write_release
from survey_app.publishing.withdrawing import take_down, withdraw_release
from tests.survey_app.publishing.small_study import frames, freeze, quote

AT = "2026-04-02T09:00:00+00:00"


@pytest.fixture
def folder(tmp_path):
    for version in (1, 2, 3):
        write_release(freeze(frames(), [quote("s1")], version), tmp_path)
    return tmp_path


def notice(folder, version):
    place = folder / "ferries" / f"v{version}"
    assert {each.name for each in place.iterdir()} == {"index.html", "withdrawn.json"}
    return (place / "index.html").read_text("utf-8")


def test_a_notice_says_in_both_languages_which_version_was_withdrawn_when_and_why(folder):
    withdraw_release(folder, "ferries", 1, "A <quote> was taken back.", "Цитата отозвана.", AT)
    told = notice(folder, 1)
    for words in ("Version 1 was withdrawn", "2 April 2026", "A &lt;quote&gt; was taken back.", "Цитата отозвана."):
        assert words in told
    assert 'href="../v3/index.html"' in told
    assert "Ferries" not in told
    assert "Delays" not in told


def test_a_russian_date_and_a_full_stop_are_one_dot(folder):
    withdraw_release(folder, "ferries", 1, "", "", AT)
    told = " ".join(notice(folder, 1).split())
    assert "отозвана 2 апреля 2026 г. " in told
    assert ".." not in told.replace("../", "")


def test_latest_leads_to_the_newest_version_that_stands(folder):
    withdraw_release(folder, "ferries", 3, "", "", AT)
    assert "../v2/index.html" in (folder / "ferries" / "latest" / "index.html").read_text()
    withdraw_release(folder, "ferries", 2, "", "", AT)
    assert "../v1/index.html" in (folder / "ferries" / "latest" / "index.html").read_text()
    assert 'href="../v1/index.html"' in notice(folder, 3)


def test_a_publication_that_is_taken_down_leaves_notices_alone_and_a_new_version_a_number_of_its_own(folder):
    assert take_down(folder, "ferries", "Taken down.", "Снято.", AT) == [1, 2, 3]
    assert take_down(folder, "ferries", "", "", AT) == []
    assert "href" not in notice(folder, 1)
    latest = folder / "ferries" / "latest"
    assert json.loads((latest / "withdrawn.json").read_text("utf-8"))["reason_ru"] == "Снято."
    assert "Taken down." in (latest / "index.html").read_text("utf-8")
    assert versions_in(folder, "ferries") == [1, 2, 3]
    write_release(freeze(frames(), version=4), folder)
    assert "../v4/index.html" in (latest / "index.html").read_text()
    assert not (latest / "withdrawn.json").exists()


def test_what_broke_off_is_finished_by_doing_it_again(folder):
    withdraw_release(folder, "ferries", 2, "First.", "", AT)
    (folder / "ferries" / "v2" / "release.json").write_text("left over")
    withdraw_release(folder, "ferries", 2, "Second.", "", AT)
    assert "Second." in notice(folder, 2)


def test_a_version_that_is_not_there_cannot_be_withdrawn(folder):
    with pytest.raises(UnwritableRelease, match="There is no version 7"):
        withdraw_release(folder, "ferries", 7, "", "", AT)
    with pytest.raises(UnwritableRelease, match="cannot be a name"):
        withdraw_release(folder, "../ferries", 1, "", "", AT)
