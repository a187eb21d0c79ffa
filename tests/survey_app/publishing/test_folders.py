"""A version lies where it was put, whole, and is never touched again; `latest` leads to the newest."""

import gzip
import json
from dataclasses import replace
from hashlib import sha256

import pytest

from survey_app.publishing.folders import UnwritableRelease, check_slug, versions_in
from survey_app.publishing.public_page import write_release
from tests.survey_app.publishing.small_study import frames, freeze, quote


@pytest.fixture(scope="module")
def snapshot():
    return freeze(frames(), [quote("s1")])


def test_a_version_holds_the_page_and_all_it_needs(snapshot, tmp_path):
    folder = write_release(snapshot, tmp_path)
    assert folder == tmp_path / "ferries" / "v1"
    assert {file.name for file in folder.iterdir()} >= {
        "index.html", "index.html.gz", "release.json", "release.css", "page.js", "segments-1-en.js", "segments-1-ru.js",
    }  # fmt: skip
    assert sha256((folder / "release.json").read_bytes()).hexdigest() == snapshot.hash
    assert json.loads((folder / "release.json").read_text("utf-8")) == snapshot.content
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == (folder / "index.html").read_bytes()


def test_latest_leads_to_the_newest_version_by_a_relative_address(snapshot, tmp_path):
    for version in (1, 2, 10):
        write_release(replace(snapshot, version=version), tmp_path)
    latest = (tmp_path / "ferries" / "latest" / "index.html").read_text()
    assert 'content="0; url=../v10/index.html"' in latest
    assert versions_in(tmp_path, "ferries") == [1, 2, 10]


def test_a_version_is_never_written_twice(snapshot, tmp_path):
    folder = write_release(snapshot, tmp_path)
    before = (folder / "index.html").read_bytes()
    with pytest.raises(UnwritableRelease, match="Version 1 lies in"):
        write_release(replace(snapshot, content=snapshot.content | {"created": "2027-01-01"}), tmp_path)
    assert (folder / "index.html").read_bytes() == before
    assert {each.name for each in (tmp_path / "ferries").iterdir()} == {"v1", "latest"}


def test_a_release_that_breaks_off_leaves_nothing(snapshot, tmp_path, monkeypatch):
    def full(*_words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(UnwritableRelease, match="No space left on device"):
        write_release(snapshot, tmp_path)
    assert not (tmp_path / "ferries").exists()


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(snapshot, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UnwritableRelease, match="cannot be written"):
        write_release(snapshot, tmp_path / "taken")


@pytest.mark.parametrize("slug", ["a", "panel-2026", "0", "a" * 60])
def test_good_names(slug):
    assert check_slug(slug) == slug


@pytest.mark.parametrize(
    "slug", ["", "..", "../up", "a/b", "a\\b", "Panel", "-a", "a" * 61, "паром", "a b", "a\n", ".a", "a%2e"]
)
def test_a_name_that_could_lead_elsewhere_is_refused(slug, snapshot, tmp_path):
    with pytest.raises(UnwritableRelease, match="cannot be a name in an address"):
        write_release(replace(snapshot, slug=slug), tmp_path / "inside")
    assert list(tmp_path.iterdir()) == []
