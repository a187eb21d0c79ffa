// The recording as it sounds: one media element, which outlives every new layout of the text. Its address is good for
// some hours; when it fails, a fresh one is asked for once, and what was heard goes on from the same place.

import { nextRate } from "./hearing.js";

const HAS_METADATA = 1; // HTMLMediaElement.HAVE_METADATA
const WORKS_AGAIN_S = 3;

export class Sound {
  /** `makeMedia(picture)` makes an element; `onAsk()` asks for a fresh address; `onChange()` is told when anything is
   *  to be shown anew; `onTrouble(name)`: before, after (the recording does not reach there) or failed. */
  constructor({ makeMedia, onAsk, onChange, onTrouble }) {
    Object.assign(this, { makeMedia, onAsk, onChange, onTrouble, recording: null, media: null, rate: 1 });
    this.#rest();
  }

  /** What the server says of the recording: {id, url, picture, shift}, or null when there is none. */
  hear(recording) {
    const same = recording?.id === this.recording?.id;
    this.recording = recording;
    if (!same) {
      this.media?.pause();
      this.media?.removeAttribute("src");
      this.media = recording ? this.#open(recording) : null;
      this.#rest();
    } else if (this.asked) this.#again();
    if (!same || this.media) this.onChange();
  }

  get playing() {
    return Boolean(this.media) && !this.media.paused && !this.media.ended;
  }

  get now() {
    return this.wanted ?? this.media?.currentTime ?? 0;
  }

  get length() {
    const length = this.media?.duration;
    return Number.isFinite(length) ? length : 0;
  }

  /** Play from a second of the recording, or from where it is. */
  play(at = null) {
    if (at !== null && at < 0) return this.onTrouble("before");
    if (at !== null && this.length && at >= this.length) return this.onTrouble("after");
    this.going = true;
    if (at !== null) this.wanted = at;
    if (this.media.error) return this.#ask();
    this.#seek();
    return this.#start();
  }

  pause() {
    this.going = false;
    this.media.pause();
  }

  /** Go some seconds back or on. */
  move(seconds) {
    this.jump(this.now + seconds);
  }

  /** Go to a second of the recording, playing or not. */
  jump(seconds) {
    this.wanted = Math.max(0, this.length ? Math.min(seconds, this.length) : seconds);
    this.#seek();
    this.onChange();
  }

  /** Play faster (1) or slower (-1). */
  pace(step) {
    this.rate = nextRate(this.rate, step);
    this.#keepPace();
    this.onChange();
  }

  #rest() {
    Object.assign(this, { going: false, wanted: null, asked: false, failedAt: null });
  }

  #open({ url, picture }) {
    const media = this.makeMedia(picture);
    media.preload = "metadata";
    const listen = (name, act) => media.addEventListener(name, () => media === this.media && act());
    listen("loadedmetadata", () => this.#ready());
    listen("error", () => this.#failed());
    listen("timeupdate", () => this.#moved());
    for (const name of ["play", "playing", "pause", "ended", "seeked"]) listen(name, () => this.onChange());
    media.src = url;
    return media;
  }

  #ready() {
    this.#keepPace();
    const beyond = this.wanted !== null && this.wanted >= this.length && this.length > 0;
    if (beyond) {
      this.wanted = null;
      this.pause();
      this.onTrouble("after");
    }
    this.#seek();
    this.onChange();
  }

  #seek() {
    if (this.wanted === null || this.media.readyState < HAS_METADATA) return;
    this.media.currentTime = this.wanted;
    this.wanted = null;
  }

  #start() {
    const { media } = this;
    media.play()?.catch(() => {}); // an error has an event of its own; a pause in between is none
    this.#keepPace();
  }

  #keepPace() {
    if (!this.media) return;
    this.media.defaultPlaybackRate = this.rate; // loading anew returns to it
    this.media.playbackRate = this.rate;
  }

  #moved() {
    const worked = this.failedAt !== null && Math.abs(this.media.currentTime - this.failedAt) > WORKS_AGAIN_S;
    if (worked) this.failedAt = null;
    this.onChange();
  }

  #failed() {
    if (this.asked) return undefined; // play() has met the same failure before its event came
    if (this.failedAt === null) return this.#ask();
    this.failedAt = null;
    if (this.going) this.onTrouble("failed"); // who has not asked for sound is not told that there is none
    this.going = false;
    return this.onChange();
  }

  #ask() {
    this.failedAt = this.now;
    this.wanted = this.now;
    this.asked = true;
    this.onAsk();
  }

  #again() {
    this.asked = false;
    this.media.src = this.recording.url;
    this.media.load();
    if (this.going) this.#start();
  }
}
