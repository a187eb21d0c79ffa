// The recording beside the text: a bar with its buttons, from which statement it plays, which one is being heard.

import { fill, make } from "./element.js";
import { beginning, clockOf, heardAt, timeline, timeOf } from "./hearing.js";
import { soundCommandOf } from "./keys.js";
import { Sound } from "./sound.js";

const STEP_S = 5;

/** The sound of a desk. Its keys work wherever the coder types, also in the field of a correction. */
export function openSound(desk) {
  const key = (event) => {
    const name = desk.player ? soundCommandOf(event) : null;
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(event.repeat && name === "listen")) desk.player.commands[name]();
  };
  desk.root.addEventListener("keydown", key, true);
  return new Sound({
    makeMedia: (picture) => make(picture ? "video" : "audio", { playsinline: true }),
    onAsk: () => desk.line.now(),
    onChange: () => desk.player.show(),
    onTrouble: (name) => desk.player.trouble(name),
  });
}

export class Player {
  /** A bar for a `sound` that may be playing already; `before` is the bar of the layout before this one. */
  constructor(desk, sound, before = null) {
    const { words } = desk;
    Object.assign(this, { desk, sound, heard: null, from: before?.from ?? null, follows: before?.follows ?? false });
    this.commands = {
      listen: () => this.#need(() => this.#listen()),
      soundBack: () => this.#need(() => sound.move(-STEP_S)),
      soundOn: () => this.#need(() => sound.move(STEP_S)),
      slower: () => this.#need(() => this.#pace(-1)),
      faster: () => this.#need(() => this.#pace(1)),
      goHeard: () => this.#need(() => this.#goHeard()),
      follow: () => this.#need(() => this.#follow()),
      heardNow: () => this.#need(() => this.#align()),
    };
    const button = (name, text, label, keys) => make("button", {
      type: "button", class: "rk-button", "data-sound": name, text, "aria-label": text === label ? null : label,
      title: keys ? `${label} (${keys})` : label, onclick: () => this.commands[name](),
    });
    this.button = button("listen", "▶", words.listen, "Alt+P");
    this.following = button("follow", words.follow, words.followLong, "");
    this.speed = make("span", { class: "rk-speed" });
    this.place = make("input", {
      class: "rk-place", type: "range", min: 0, max: 0, step: 1, "aria-label": words.soundPlace,
      oninput: () => sound.jump(Number(this.place.value)), onpointerup: () => this.#giveBack(),
    });
    this.time = make("span", { class: "rk-clock" });
    this.screen = make("div", { class: "rk-screen" });
    this.picture = make("button", {
      type: "button", class: "rk-button", text: words.picture, onclick: () => this.#show(this.screen.hidden),
    });
    this.node = make(
      "div",
      { class: "rk-player", role: "group", "aria-label": words.recording, hidden: true,
        onmousedown: (event) => event.target !== this.place && event.preventDefault() },
      this.button, button("soundBack", fill(words.seconds, { n: `−${STEP_S}` }), words.soundBack, "Alt+J"),
      button("soundOn", fill(words.seconds, { n: `+${STEP_S}` }), words.soundOn, "Alt+L"),
      button("slower", "−", words.slower, "Alt+,"), this.speed, button("faster", "+", words.faster, "Alt+."),
      this.place, this.time, button("goHeard", words.goHeard, words.goHeardLong, "Alt+K"), this.following, this.picture,
    );
    this.#show(!before?.screen.hidden);
    this.show();
  }

  /** Show how things are now, and mark the statement that is being heard. */
  show() {
    const { sound, desk } = this;
    const { media, recording } = sound;
    this.node.hidden = !recording;
    if (media && media.parentElement !== this.screen) this.screen.replaceChildren(media);
    if (!recording) this.screen.replaceChildren();
    this.screen.classList.toggle("is-picture", Boolean(recording?.picture));
    this.picture.hidden = !recording?.picture;
    this.button.textContent = sound.playing ? "❚❚" : "▶";
    this.button.setAttribute("aria-label", sound.playing ? desk.words.pause : desk.words.listen);
    this.following.setAttribute("aria-pressed", String(this.follows));
    this.speed.textContent = `${sound.rate}×`;
    this.place.max = Math.floor(sound.length);
    if (document.activeElement !== this.place) this.place.value = Math.floor(sound.now);
    this.place.disabled = !sound.length; // some recorders do not write how long it is
    this.time.textContent = [sound.now, sound.length].filter((each, index) => each || !index).map(clockOf).join(" / ");
    this.place.setAttribute("aria-valuetext", this.time.textContent);
    this.#mark(recording && (sound.playing || sound.now > 0) ? this.#heardNow() : null);
  }

  /** Say in a sentence why nothing is heard. */
  trouble(name) {
    const { bar, words } = this.desk;
    const sentences = { before: words.soundBefore, after: words.soundAfter, failed: words.soundFailed };
    this.from = null;
    bar.note(sentences[name]);
  }

  /** Do what needs a recording, or say that there is none. */
  #need(act) {
    if (this.sound.recording) act();
    else this.desk.bar.note(this.desk.words.noRecording);
  }

  /** Play from the statement under the cursor; once more: pause, and then go on. */
  #listen() {
    const { sound, desk } = this;
    const row = this.#here();
    if (!row) return desk.bar.note(desk.words.nothingChosen);
    const same = this.from === nameOf(row) && !sound.media.ended && !sound.media.error;
    if (same) return sound.playing ? sound.pause() : sound.play();
    const begins = beginning(desk.paper.rows, row);
    if (!begins) {
      if (sound.playing) return sound.pause();
      desk.bar.note(desk.words.noTimes);
      return sound.play();
    }
    desk.bar.clear();
    this.from = nameOf(row);
    return sound.play(begins.at + sound.recording.shift);
  }

  /** The row that is being corrected, or that of the cursor. */
  #here() {
    const { cursor, paper, revising } = this.desk;
    const { turn } = revising.editor;
    if (!turn || turn.index === cursor.row?.turn.index) return cursor.row;
    return paper.rows.find((row) => row.turn.index === turn.index);
  }

  #goHeard() {
    const { desk } = this;
    const row = this.#heardNow();
    if (!row) return desk.bar.note(desk.words.nothingHeard);
    if (this.sound.playing || this.sound.now > 0) this.from = nameOf(row); // the next key press pauses
    return desk.goToRow(row);
  }

  /** Set the shift by ear: what is heard now is the beginning of the statement under the cursor. */
  #align() {
    const { sound, desk } = this;
    const row = this.#here();
    const at = row ? timeOf(row) : null;
    if (at === null) return desk.bar.note(desk.words.noTime);
    const seconds = Math.round(10 * (sound.now - at)) / 10;
    this.from = nameOf(row);
    desk.send({ do: "shift", seconds });
    return desk.bar.note(fill(desk.words.shifted, { n: seconds }), { text: desk.words.takeBack, act: () => desk.act("undo") });
  }

  #follow() {
    this.follows = !this.follows;
    this.show();
    if (this.follows) this.heard?.node.scrollIntoView({ block: "center" });
  }

  #pace(step) {
    this.sound.pace(step);
    this.desk.bar.say(fill(this.desk.words.speed, { n: this.sound.rate }));
  }

  #heardNow() {
    this.line ??= timeline(this.desk.paper.rows);
    return heardAt(this.line, this.sound.now - this.sound.recording.shift);
  }

  #mark(row) {
    if (row === this.heard) return;
    this.heard?.node.classList.remove("is-heard");
    this.heard = row;
    row?.node.classList.add("is-heard");
    if (row && this.follows && this.sound.playing) row.node.scrollIntoView({ block: "center" });
  }

  #show(on) {
    this.screen.hidden = !on;
    this.picture.setAttribute("aria-pressed", String(on));
  }

  #giveBack() {
    const { editor } = this.desk.revising;
    if (editor.isOpen) editor.field.focus({ preventScroll: true });
    else this.desk.home();
  }
}

/** A row's name that outlives a new layout of the text. */
function nameOf(row) {
  return row.statement?.id ?? `${row.turn.index} ${row.start - row.turn.start}`;
}
