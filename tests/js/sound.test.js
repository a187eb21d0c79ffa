// The recording as it sounds: it goes on where it was, and asks for a fresh address once.
import assert from "node:assert/strict";
import test from "node:test";

import { Sound } from "../../survey_app/components/desk/assets/sound.js";

class Media extends EventTarget {
  constructor() {
    super();
    Object.assign(this, { paused: true, ended: false, readyState: 0, duration: NaN, currentTime: 0, error: null, loads: [] });
  }

  set src(url) {
    this.loads.push(url);
    Object.assign(this, { readyState: 0, duration: NaN, currentTime: 0, error: null, paused: true });
  }

  load() {
    this.playbackRate = this.defaultPlaybackRate;
  }

  removeAttribute() {}

  play() {
    this.paused = false;
    return Promise.resolve();
  }

  pause() {
    this.paused = true;
  }

  ready(duration = 100) {
    Object.assign(this, { readyState: 1, duration });
    this.tell("loadedmetadata");
  }

  fail() {
    this.error = { code: 2 };
    this.tell("error");
  }

  at(seconds) {
    this.currentTime = seconds;
    this.tell("timeupdate");
  }

  tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

const TALK = { id: "r1", url: "/recording/r1?token=1", picture: false, shift: 0 };

function setting(recording = TALK) {
  const state = { media: [], asked: 0, troubles: [] };
  state.sound = new Sound({
    makeMedia: (picture) => {
      const media = Object.assign(new Media(), { picture });
      state.media.push(media);
      return media;
    },
    onAsk: () => (state.asked += 1), onChange: () => {}, onTrouble: (name) => state.troubles.push(name),
  });
  state.sound.hear(recording);
  return state;
}

test("a place that is asked for before anything is loaded is gone to once it is", () => {
  const { sound, media: [media] } = setting();
  sound.play(42);
  assert.equal(sound.now, 42);
  media.ready();
  assert.deepEqual([media.currentTime, sound.playing], [42, true]);
});

test("five seconds back stay within the recording", () => {
  const { sound, media: [media] } = setting();
  media.ready();
  sound.play(3);
  sound.move(-5);
  assert.equal(media.currentTime, 0);
  sound.jump(500);
  assert.equal(media.currentTime, 100);
});

test("what the recording does not hold is told and not played", () => {
  const { sound, media: [media], troubles } = setting();
  sound.play(-1);
  sound.play(200);
  media.ready();
  sound.play(100);
  assert.deepEqual(troubles, ["before", "after", "after"]);
  assert.ok(!sound.playing);
});

test("an address that has expired is replaced by a fresh one, and it plays on at the same place and speed", () => {
  const state = setting();
  const { sound, media: [media] } = state;
  media.ready();
  sound.play(30);
  sound.pace(-1);
  media.at(33);
  media.fail();
  assert.equal(state.asked, 1);
  sound.hear({ ...TALK, url: "/recording/r1?token=2" });
  assert.deepEqual(media.loads, ["/recording/r1?token=1", "/recording/r1?token=2"]);
  media.ready();
  assert.deepEqual([media.currentTime, sound.playing, media.playbackRate], [33, true, 0.9]);
  assert.deepEqual(state.troubles, []);
});

const FRESH = { ...TALK, url: "/recording/r1?token=2" };
const fails = ({ media: [media] }) => media.fail();
const breaks = ({ media: [media] }) => (media.error = { code: 4 }); // its event is still to come
const event = ({ media: [media] }) => media.tell("error");
const play = ({ sound }) => sound.play(30);
const answer = ({ sound }) => sound.hear(FRESH);
const ready = ({ media: [media] }) => media.ready();

for (const [name, ...steps] of [
  ["played, then the error", play, fails, answer, ready],
  ["played between the error and its event", breaks, play, event, answer, ready],
  ["played between the error and its event, which the answer overtakes", breaks, play, answer, ready],
  ["the error, then played, with two answers", fails, play, answer, answer, ready],
  ["the error, then played, the second answer late", fails, play, answer, ready, answer],
  ["the error, then the answer, then played", fails, answer, play, ready],
  ["the error, the answer, loaded, then played", fails, answer, ready, play],
  ["played twice before the event", breaks, play, play, event, answer, answer, ready],
  ["paused and played while the answer is awaited", play, fails, ({ sound }) => sound.pause(), play, answer, ready],
]) {
  test(`an expired address is replaced and what was asked for is heard: ${name}`, () => {
    const state = setting();
    for (const step of steps) step(state);
    assert.deepEqual([state.media[0].currentTime, state.sound.playing, state.troubles], [30, true, []]);
    assert.deepEqual(state.media[0].loads, [TALK.url, FRESH.url]);
  });
}

test("one that fails again is told once and asks no more until the coder does", () => {
  const state = setting();
  const { sound, media: [media] } = state;
  sound.play(5);
  media.fail();
  sound.hear({ ...TALK, url: "/recording/r1?token=2" });
  media.fail();
  assert.deepEqual([state.asked, state.troubles], [1, ["failed"]]);
  sound.play(5);
  assert.equal(state.asked, 2);
});

test("who has not asked for sound is not told that there is none", () => {
  const state = setting();
  state.media[0].fail();
  state.sound.hear(TALK);
  state.media[0].fail();
  assert.deepEqual([state.asked, state.troubles], [1, []]);
});

test("an answer that brings a fresh address changes nothing while it plays", () => {
  const { sound, media: [media] } = setting();
  media.ready();
  sound.play(10);
  sound.hear({ ...TALK, url: "/recording/r1?token=9", shift: 3 });
  assert.deepEqual([media.loads.length, sound.playing, sound.recording.shift], [1, true, 3]);
});

test("another recording takes the place of the first; without one there is nothing", () => {
  const { sound, media } = setting();
  media[0].ready();
  sound.play(10);
  sound.hear({ ...TALK, id: "r2", picture: true });
  assert.deepEqual([media.length, media[0].paused, media[1].picture, sound.now], [2, true, true, 0]);
  sound.hear(null);
  assert.deepEqual([sound.media, sound.playing, sound.now], [null, false, 0]);
});

test("the first one's late events are no matter of the second", () => {
  const state = setting();
  state.sound.hear({ ...TALK, id: "r2" });
  state.media[0].fail();
  assert.equal(state.asked, 0);
});
