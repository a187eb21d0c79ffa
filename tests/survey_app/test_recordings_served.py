"""A recording at /recording/<id>: in pieces, to whom has a token of ours, and without a trace of who speaks in it."""

import io
import os
import re
import stat
from time import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.recordings import attach_recording, remove_recording
from survey_app.actions.studies import create_study
from survey_app.media import tokens
from survey_app.media.tokens import SECRET, address_of, is_good
from survey_app.media_routes import ROUTES
from survey_app.store import schema
from tests.survey_app.actions.conftest import TEXT
from tests.survey_app.media.samples import wav

TONE = wav(2.0, level=7)
NOBODY = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def client():
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture
def attach(fresh_store):
    study = create_study(fresh_store, "A", title_en="Panel")
    source = bring_in_file(fresh_store, "A", study, recognise_file(fresh_store, study["id"], "p.vtt", TEXT.encode()))

    def act():
        return attach_recording(fresh_store, "A", study["id"], source, "Anna Orlova.wav", io.BytesIO(TONE))

    act.remove = lambda: remove_recording(fresh_store, "A", study["id"], source)
    return act


@pytest.fixture
def recording(attach):
    return attach()


@pytest.fixture
def address(empty_folder, recording):
    return address_of(empty_folder, recording)


def test_a_row_that_says_another_kind_than_sound_or_picture_hands_out_nothing(client, address, fresh_store):
    with fresh_store.writing() as connection:
        connection.execute(schema.recording.update().values(media_type="text/html"))
    assert client.get(address).status_code == 404


def test_the_whole_recording_comes_with_its_kind_and_is_never_kept_on_the_way(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, TONE)
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_neither_the_address_nor_the_answer_names_anybody(client, address):
    assert "Anna" not in address
    assert "Orlova" not in str(client.get(address).headers)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-", 0, len(TONE)), ("bytes=100-199", 100, 200), ("bytes=-50", len(TONE) - 50, len(TONE)),
     (f"bytes=5-{10 * len(TONE)}", 5, len(TONE))],
)  # fmt: skip
def test_a_player_gets_the_piece_that_it_asks_for(client, address, asked, start, end):
    answer = client.get(address, headers={"range": asked})
    assert (answer.status_code, answer.content) == (206, TONE[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(TONE)}"
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["cache-control"] == "no-store"


def test_a_piece_that_is_not_there_is_refused(client, address):
    answer = client.get(address, headers={"range": f"bytes={len(TONE)}-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(TONE)}")


def test_the_head_alone_says_how_long_it_is(client, address):
    answer = client.head(address)
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", str(len(TONE)))


def test_nothing_can_be_sent_here(client, address):
    assert client.post(address).status_code == 405


def test_what_is_not_there_and_what_one_may_not_have_look_the_same(client, empty_folder, address, recording):
    good = address.split("token=")[1]
    until, signature = good.split("-")
    forbidden = [
        f"/recording/{recording}",
        f"/recording/{recording}?token=",
        f"/recording/{recording}?token={until}",
        f"/recording/{recording}?token={until}-{'0' * 64}",
        f"/recording/{recording}?token={int(until) + 1}-{signature}",
        f"/recording/{recording}?token={good}0",
        f"/recording/{recording}?token=9{good}",
        f"/recording/{recording}?token=%D9%A1-{signature}",
        f"/recording/{recording}?token={'9' * 5000}",
        f"/recording/{NOBODY}?token={good}",
        address_of(empty_folder, NOBODY),
        address_of(empty_folder, "nothing"),
        address_of(empty_folder, "..%2f..%2frakurs.db"),
    ]
    answers = [client.get(each) for each in forbidden]
    assert {(each.status_code, each.content) for each in answers} == {(404, b"")}
    assert len({str(sorted(each.headers.items())) for each in answers}) == 1


def test_a_token_expires(client, address, monkeypatch):
    now = time()
    monkeypatch.setattr(tokens, "time", lambda: now + tokens.GOOD_FOR_S - 1)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(tokens, "time", lambda: now + tokens.GOOD_FOR_S + 3601)
    assert client.get(address).status_code == 404


def test_a_removed_recording_is_no_longer_heard(client, attach, address):
    attach.remove()
    assert client.get(address).status_code == 404


def test_a_recording_whose_file_is_gone_is_no_traceback(client, empty_folder, recording, address):
    (empty_folder / "recordings" / recording).unlink()
    assert client.get(address).status_code == 404


def test_the_secret_is_made_once_and_is_its_owner_s_alone(tmp_path):
    first = address_of(tmp_path, NOBODY)
    key = tmp_path / SECRET
    assert len(key.read_bytes()) == 32
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    token = first.split("token=")[1]
    assert re.fullmatch(r"\d+-[0-9a-f]{64}", token)
    assert is_good(tmp_path, NOBODY, token)
    key.write_bytes(b"cut")
    assert not is_good(tmp_path, NOBODY, token)
    assert len(key.read_bytes()) == 32


def test_an_address_stays_the_same_for_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(tokens, "time", lambda: 7200.0)
    first = address_of(tmp_path, NOBODY)
    monkeypatch.setattr(tokens, "time", lambda: 10_799.0)
    assert address_of(tmp_path, NOBODY) == first
    monkeypatch.setattr(tokens, "time", lambda: 10_800.0)
    assert address_of(tmp_path, NOBODY) != first
