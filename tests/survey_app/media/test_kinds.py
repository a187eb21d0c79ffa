"""A recording is known by its bytes; what browsers do not play is no recording."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.media.kinds import KINDS, is_picture, media_type_of
from tests.survey_app.media.samples import PLAYED, REFUSED


@pytest.mark.parametrize("name", PLAYED)
def test_a_recording_is_known_by_its_bytes(name):
    content, kind = PLAYED[name]
    assert media_type_of(io.BytesIO(content)) == kind
    assert kind in KINDS
    assert is_picture(kind) == kind.startswith("video")


@pytest.mark.parametrize("name", REFUSED)
def test_whatever_browsers_do_not_play_is_no_recording(name):
    assert media_type_of(io.BytesIO(REFUSED[name])) == ""


@given(st.sampled_from(sorted(PLAYED)), st.integers(0, 200), st.binary(max_size=40))
def test_damage_is_never_more_than_a_refusal(name, place, noise):
    content = PLAYED[name][0]
    assert media_type_of(io.BytesIO(content[:place] + noise + content[place + len(noise) :])) in {"", *KINDS}
    assert media_type_of(io.BytesIO(content[:place])) in {"", *KINDS}
