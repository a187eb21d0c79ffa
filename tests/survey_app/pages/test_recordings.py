"""The recording of a session on screen: attached, shifted, removed and undone, with a sentence for what is refused."""

from io import BytesIO

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.recordings import attach_recording, recording_of
from survey_app.actions.studies import create_study
from survey_app.components.source_recording import size
from survey_app.language import use
from survey_app.media.shelf import prepare_inbox
from survey_app.store import sources
from tests.survey_app.actions.conftest import TEXT
from tests.survey_app.media.samples import PLAYED, wav
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words

UNTIMED = "\n\n".join(
    f"{who}: {words}" for who, words in [
        ("Moderator", "Shall we begin? What do you see in your own work?"), ("Anna", "We lack people everywhere."),
        ("Boris", "With us it is the paper that we lack."), ("Anna", "And nobody reads what is written on it."),
    ]
).encode()  # fmt: skip
CHAT = b"10:01:02 From  Anna Orlova  to  Everyone : Hello\n10:01:09 From  Boris Utkin  to  Everyone : Good day to all\n"


@pytest.fixture
def study(fresh_store):
    made = create_study(fresh_store, "A", title_en="Panel")
    for name, content in (("talk.vtt", TEXT.encode()), ("chat.txt", CHAT)):
        bring_in_file(fresh_store, "A", made, recognise_file(fresh_store, made["id"], name, content))
    return made


def work_on(app, place=0):
    box = next(one for one in app.selectbox if one.label in {"Work on a source", russian("Work on a source")})
    box.set_value(box.options[place])
    return sound(app.run())


def recording(store, study):
    with store.reading() as connection:
        source = sources.sources(connection, study["id"], "session")[0]
    return recording_of(store, study["id"], source["id"])


def upload(app, name, content):
    next(one for one in app.file_uploader if "WebM" in one.label).set_value([(name, content, "")])
    return sound(app.run())


def tabs(app):
    return [one.label for one in app.tabs]


def test_a_recording_is_attached_shifted_removed_and_brought_back(fresh_store, study):
    app = work_on(open_page("files", "panel"))
    assert "This session has no recording yet." in words(app)
    assert not any("Undo the last change" in one.label for one in app.button)
    app = press(upload(app, "panel_1.wav", wav(0.5)), "Attach panel")
    assert recording(fresh_store, study)["file_name"] == "panel_1.wav"
    assert "**panel_1.wav** · sound (WAV) · 8 kB" in words(app)
    assert app.toast[0].value.startswith("The recording was attached")
    app.number_input[0].set_value(12.0).run()
    assert "The transcript's 0:00 is heard at 0:12 of the recording." in words(app)
    press(app, "Save the shift")
    assert recording(fresh_store, study)["shift_s"] == 12.0
    press(app, "Remove the recording")
    assert recording(fresh_store, study) is None
    press(app, "Undo the last change")
    assert recording(fresh_store, study)["shift_s"] == 12.0
    press(app, "Undo the last change")
    assert recording(fresh_store, study)["shift_s"] == 0.0
    assert app.number_input[0].value == 0.0


def test_a_shift_says_what_it_means(fresh_store, study):
    app = press(upload(work_on(open_page("files", "panel")), "panel.wav", wav(0.5)), "Attach panel")
    app.number_input[0].set_value(-75.0).run()
    assert "The recording begins when the transcript is at 1:15." in words(app)
    assert not button(app, "Save the shift").disabled


def test_what_is_no_recording_is_told_in_one_sentence(fresh_store, study):
    app = press(upload(work_on(open_page("files", "panel")), "notes.mp3", b"only words"), "Attach notes")
    assert problems(app) == [
        "notes.mp3 is not a recording that a browser can play. Bring an MP3, M4A, MP4, WAV, OGG, WebM or FLAC."
    ]
    assert recording(fresh_store, study) is None


def test_a_long_one_is_chosen_from_the_inbox(fresh_store, study, empty_folder):
    box = prepare_inbox(empty_folder / "recordings")
    (box / "zoom_0.mp4").write_bytes(PLAYED["zoom_0.mp4"][0])
    app = work_on(open_page("files", "panel"))
    assert str(box) in words(app)
    chosen = next(one for one in app.selectbox if one.label == "In the folder")
    assert chosen.options == ["zoom_0.mp4 · 1 kB"]
    chosen.select_index(0).run()
    press(app, "Attach")
    assert recording(fresh_store, study)["media_type"] == "video/mp4"
    assert "sound and picture (MP4)" in words(app)


def test_a_file_that_is_gone_from_the_disk_is_missed(fresh_store, study, empty_folder):
    app = press(upload(work_on(open_page("files", "panel")), "panel.wav", wav(0.5)), "Attach panel")
    (empty_folder / "recordings" / recording(fresh_store, study)["id"]).unlink()
    assert "no longer in the data folder" in words(sound(app.run()))


def test_only_a_session_has_the_section(study):
    app = work_on(open_page("files", "panel"))
    assert "Recording" in tabs(app)
    assert "Recording" not in tabs(work_on(app, 1))


def test_a_transcript_without_times_has_no_shift(fresh_store):
    made = create_study(fresh_store, "A", title_en="Panel")
    found = recognise_file(fresh_store, made["id"], "talk.txt", UNTIMED)
    source = bring_in_file(fresh_store, "A", made, found)
    attach_recording(fresh_store, "A", made["id"], source, "a.wav", BytesIO(wav(0.5)))
    app = work_on(open_page("files", "panel"))
    assert "This transcript has no times" in words(app)
    assert not app.number_input


def test_a_file_s_name_is_no_markup(fresh_store, study):
    app = press(upload(work_on(open_page("files", "panel")), "*x* [a](b).wav", wav(0.5)), "Attach")
    assert r"**\*x\* \[a\]\(b\)\.wav**" in " ".join(one.value for one in app.markdown)


def test_it_opens_in_russian(fresh_store, study):
    with use("ru"):
        app = work_on(open_page("files", "panel", "ru"))
    assert russian("Recording") in tabs(app)


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 kB"), (8044, "8 kB"), (1_500_000, "1.5 MB"), (734_000_000, "734 MB")]
)
def test_sizes_are_for_reading(count, said):
    assert size(count) == said


def test_the_attached_file_is_whole(fresh_store, study, empty_folder):
    with fresh_store.reading() as connection:
        source = sources.sources(connection, study["id"], "session")[0]
    content = PLAYED["bare.mp3"][0]
    recording_id = attach_recording(fresh_store, "A", study["id"], source["id"], "a.mp3", BytesIO(content))
    assert (empty_folder / "recordings" / recording_id).read_bytes() == content
