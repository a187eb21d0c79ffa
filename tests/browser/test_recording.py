"""The recording beside the text, as a coder uses it: by keys alone, also while the words are being corrected."""

import io
import math
import wave

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.recordings import (
    attach_recording,
    recording_of,
    remove_recording,
    shift_recording,
    undo_recording,
)
from survey_app.actions.studies import create_study
from survey_app.settings import settings
from tests.browser.at_desk import Place
from tests.survey_app.pages.test_recordings import UNTIMED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SOUND = "document.querySelector('.rk-screen audio')"
LENGTH_S = 420
FIELD = "The words of this turn"
SOUGHT = """{
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime');
  window.sought = [];
  const seek = function (to) { window.sought.push({ from: get.call(this), to }); set.call(this, to); };
  Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', { get, set: seek });
}"""
"""Notes from where to where a recording is moved: a sound plays on while a slow machine does not look at it."""
SLOWED = """() => {
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'playbackRate');
  const slow = function (rate) { set.call(this, rate / 16); };
  Object.defineProperty(HTMLMediaElement.prototype, 'playbackRate', { get, set: slow });
}"""
"""A statement of some seconds is heard for a minute: as long as a slow machine may take to look at it."""


def tone(seconds, hertz=4000):
    """A soft tone of 220 Hz."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 1, hertz, 0, "NONE", ""))
        period = bytes(128 + round(20 * math.sin(2 * math.pi * 220 * n / hertz)) for n in range(hertz))
        written.writeframes(period * seconds)
    return file.getvalue()


@pytest.fixture(scope="module")
def recorded(server):
    """The first session of the demo with a recording of seven minutes, in the data folder of the server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAKURS_DATA", str(server.folder))
        settings.cache_clear()
        place = Place(server)
        where = place.store, "A", place.study["id"], place.source["id"]
        attach_recording(*where, "Vera.wav", io.BytesIO(tone(LENGTH_S)))
        yield place
        remove_recording(*where)
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _noted(page):
    page.add_init_script(SOUGHT)


@pytest.fixture
def place(recorded, page):
    """The desk of a coder of one's own, with the recording loaded."""
    place = Place(recorded.server)
    place.answers = []
    page.on("response", lambda answer: "/recording/" in answer.url and place.answers.append(answer))
    place.open(page)
    page.wait_for_function(f"{SOUND}?.readyState >= 1")
    return place


def begins(place, number):
    return place.statements[number]["start_s"]


def at(page):
    return page.evaluate(f"{SOUND}.currentTime")


def plays(page, on=True):
    page.wait_for_function(f"{SOUND}.paused !== {str(on).lower()}")


def plays_from(page, seconds):
    page.wait_for_function(
        f"Math.abs(sought.at(-1)?.to - {seconds}) < 0.01 && {SOUND}.currentTime > {seconds} && !{SOUND}.paused"
    )


def heard(page):
    return page.locator(".rk-row.is-heard .rk-text")


def test_it_plays_from_the_statement_under_the_cursor_and_pauses(place, page):
    page.evaluate(SLOWED)
    page.keyboard.press("Alt+p")
    plays(page)
    plays_from(page, begins(place, 0))
    expect(page.locator(".rk-row.is-heard")).to_have_count(1)
    expect(heard(page)).to_have_text(page.locator(".rk-row.is-here .rk-text").text_content())
    page.wait_for_timeout(300)
    page.keyboard.press("Alt+p")
    plays(page, False)
    stopped = at(page)
    page.keyboard.press("Alt+p")
    plays(page)
    assert at(page) >= stopped
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 2))
    assert [each.status for each in place.answers] == [206] * len(place.answers)
    assert place.answers[0].headers["content-type"] == "audio/wav"
    assert place.answers[0].headers["cache-control"] == "no-store"
    assert not any("Vera" in each.url for each in place.answers)


def test_back_slower_and_pause_while_the_words_are_corrected_and_a_correction_does_not_stop_it(place, page):
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 0))
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name=FIELD)
    expect(field).to_be_focused()
    page.keyboard.press("End")
    typed = field.input_value()
    page.wait_for_timeout(400)
    page.keyboard.press("Alt+j")
    page.wait_for_function("sought.at(-1).from - sought.at(-1).to > 3")
    page.keyboard.press("Alt+,")
    page.keyboard.press("Alt+,")
    assert page.evaluate(f"{SOUND}.playbackRate") == 0.8
    expect(page.locator(".rk-speed")).to_have_text("0.8×")
    page.keyboard.press("Alt+.")
    assert page.evaluate(f"{SOUND}.playbackRate") == 0.9
    page.keyboard.press("Alt+l")
    page.keyboard.press("Alt+p")
    plays(page, False)
    page.keyboard.press("Alt+p")
    plays(page)
    expect(field).to_be_focused()
    assert field.input_value() == typed
    page.keyboard.type(" Indeed.")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_count(0)
    expect(page.locator(".rk-turn", has=page.locator(".is-here"))).to_contain_text("Indeed.")
    plays(page)
    assert page.evaluate(f"{SOUND}.playbackRate") == 0.9
    expect(page.locator(".rk-row.is-heard")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-sheet")).not_to_contain_text("Indeed.")


def test_a_letter_of_another_layout_is_the_same_key(place, page):
    text = page.locator(".rk-row.is-here .rk-text")
    text.dispatch_event("keydown", {"key": "з", "code": "KeyP", "altKey": True, "bubbles": True, "cancelable": True})
    plays(page)
    expect(page.locator(".rk-picker")).to_be_hidden()


def test_the_coder_goes_to_what_is_being_heard(place, page):
    page.evaluate(SLOWED)
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 0))
    page.evaluate(f"{SOUND}.currentTime = {begins(place, 4) + 0.2}")
    expect(heard(page)).to_have_text(place.text[place.statements[4]["start"] : place.statements[4]["end"]])
    page.keyboard.press("Alt+k")
    expect(page.locator(".rk-row.is-here .rk-text")).to_have_text(heard(page).text_content())
    page.keyboard.press("Alt+p")
    plays(page, False)


def test_the_page_scrolls_along_only_where_the_coder_wants_it(place, page):
    page.evaluate(SLOWED)
    top = "document.querySelector('.rk-scroll').scrollTop"
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 0))
    before = page.evaluate(top)
    page.evaluate(f"{SOUND}.currentTime = {begins(place, 8) + 0.2}")
    expect(heard(page)).to_have_text(place.text[place.statements[8]["start"] : place.statements[8]["end"]])
    assert page.evaluate(top) == before
    page.get_by_role("button", name="Scroll along with the recording").click()
    expect(heard(page)).to_be_in_viewport()
    expect(page.locator(".rk-row.is-here .rk-text")).to_be_focused()


def test_what_the_recording_does_not_hold_is_said(place, page):
    page.keyboard.press("End")
    page.keyboard.press("Alt+p")
    expect(page.locator(".rk-notes")).to_contain_text("The recording ends before this statement.")
    assert page.evaluate(f"{SOUND}.paused")


def test_a_shift_moves_what_is_heard(recorded, page):
    where = recorded.study["id"], recorded.source["id"]
    shift_recording(recorded.store, "A", *where, 4.0 - begins(recorded, 0))
    try:
        place = Place(recorded.server)
        place.open(page)
        page.keyboard.press("Alt+p")
        plays_from(page, 4.0)
    finally:
        shift_recording(recorded.store, "A", *where, 0.0)


def test_a_shift_is_set_by_ear_and_taken_back(place, page):
    where = place.study["id"], place.source["id"]
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 0))
    page.keyboard.press("Alt+p")
    plays(page, False)
    page.evaluate(f"{SOUND}.currentTime = 100")
    page.keyboard.press("Space")
    page.keyboard.press("q")
    expect(page.locator(".rk-notes")).to_contain_text("The recording is shifted by")
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")
    assert recording_of(place.store, *where)["shift_s"] == pytest.approx(100 - begins(place, 0), abs=0.1)
    expect(heard(page)).to_have_text(page.locator(".rk-row.is-here .rk-text").text_content())
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")
    assert recording_of(place.store, *where)["shift_s"] == 0.0


def test_an_address_that_has_expired_is_replaced_while_the_coder_works(place, page):
    with page.expect_response(lambda answer: answer.status == 404):
        page.evaluate(f"{SOUND}.src = {SOUND}.src.replace(/.$/, (last) => (last === '0' ? '1' : '0'))")
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 0))
    plays(page)
    assert [each.status for each in place.answers if each.status != 206] == [404]


def test_an_address_is_asked_for_again_when_the_question_was_lost(recorded, page):
    lost = []

    def through(socket):
        server = socket.connect_to_server()
        socket.on_message(lambda words: lost.append(words) if lost == ["next"] else server.send(words))

    page.route_web_socket("**/_stcore/stream", through)
    place = Place(recorded.server)
    place.open(page)
    page.wait_for_function(f"{SOUND}?.readyState >= 1")
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")
    page.keyboard.press("Alt+p")
    plays_from(page, begins(place, 0))
    lost.append("next")
    page.evaluate(
        f"""() => new Promise((failed) => {{
            {SOUND}.addEventListener('error', failed, {{ once: true }});
            {SOUND}.src = {SOUND}.src.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        }})"""
    )
    plays(page)
    assert len(lost) == 2


def test_a_text_without_a_recording_shows_no_bar_and_says_so_when_asked(server, page):
    place = Place(server, study="demo-ru")
    place.open(page)
    expect(page.locator(".rk-player")).to_be_hidden()
    page.keyboard.press("Alt+p")
    expect(page.locator(".rk-notes")).to_contain_text("This text has no recording.")


RECORD = """async (pictured) => {
  const sound = new AudioContext();
  const tone = sound.createOscillator(), out = sound.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  const tracks = out.stream.getTracks();
  if (pictured) {
    const canvas = document.body.appendChild(document.createElement('canvas'));
    const brush = canvas.getContext('2d');
    setInterval(() => { brush.fillStyle = `hsl(${performance.now() % 360} 50% 50%)`; brush.fillRect(0, 0, 300, 150); }, 40);
    tracks.push(...canvas.captureStream(25).getTracks());
  }
  const recorder = new MediaRecorder(new MediaStream(tracks));
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  await new Promise((done) => setTimeout(done, 2500));
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}"""


@pytest.mark.parametrize("pictured", [False, True])
def test_what_a_browser_has_recorded_itself_is_played_its_picture_small_and_hidden_at_will(recorded, page, pictured):
    where = recorded.study["id"], recorded.source["id"]
    page.goto(recorded.server.url)
    file = bytes(page.evaluate(RECORD, pictured))
    attach_recording(recorded.store, "A", *where, "screen", io.BytesIO(file))
    kind = recording_of(recorded.store, *where)["media_type"]
    shift_recording(recorded.store, "A", *where, 0.5 - begins(recorded, 0))
    try:
        assert kind == ("video/webm" if pictured else "audio/webm")
        place = Place(recorded.server)
        place.open(page)
        page.keyboard.press("Alt+p")
        page.wait_for_function("document.querySelector('.rk-screen').firstElementChild?.currentTime > 0.6")
        picture = page.locator(".rk-screen video")
        button = page.get_by_role("button", name="Picture")
        if not pictured:
            expect(picture).to_have_count(0)
            expect(button).to_be_hidden()
            return
        assert page.evaluate("document.querySelector('.rk-screen video').videoWidth") == 300
        expect(picture).to_be_visible()
        assert picture.bounding_box()["width"] <= 300
        button.click()
        expect(picture).to_be_hidden()
        expect(page.locator(".rk-row.is-here .rk-text")).to_be_focused()
        button.click()
        expect(picture).to_be_visible()
    finally:
        undo_recording(recorded.store, "A", *where)
        undo_recording(recorded.store, "A", *where)


def test_a_transcript_without_times_is_heard_from_where_the_recording_is(recorded, page):
    store = recorded.store
    study = create_study(store, "A", title_en="Untimed", slug="untimed")
    source = bring_in_file(store, "A", study, recognise_file(store, study["id"], "talk.txt", UNTIMED))
    attach_recording(store, "A", study["id"], source, "a.wav", io.BytesIO(tone(20)))
    place = Place(recorded.server, study="untimed")
    place.open(page)
    page.keyboard.press("Alt+p")
    expect(page.locator(".rk-notes")).to_contain_text("the recording goes on from where it is")
    page.wait_for_function(f"{SOUND}.currentTime > 0.3")
    page.keyboard.press("Alt+p")
    plays(page, False)


def test_the_bar_is_named_for_those_who_listen(place, page):
    page.keyboard.press("Alt+p")
    plays(page)
    expect(page.get_by_role("group", name="Recording")).to_be_visible()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    found = Axe().run(page, context=".rk-player", options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert found.response["violations"] == []
