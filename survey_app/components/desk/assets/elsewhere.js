// Changes to other texts that still wait in this browser: a tab with them was closed before they could be sent.

import { fill } from "./element.js";

const NAMES = "rakurs.title.";

/** Remember what a text is called, for when only its id is known. */
export function rememberTitle(storage, place, title) {
  try {
    storage.setItem(`${NAMES}${place.split(" ")[0]}`, title);
  } catch {
    // then only the number of changes can be told
  }
}

/** Tell the coder of a desk what still waits for other texts. */
export function tellElsewhere({ bar, place, root, words }) {
  const found = root.isConnected ? waitingElsewhere(localStorage, place) : [];
  if (!found.length) return;
  const texts = found.map(({ title, count }) => fill(words.elsewhereText, { title, n: count })).join(", ");
  bar.note(fill(words.elsewhere, { texts }));
}

/** Other texts of the same coder with changes that nobody has sent: [{title, count}]. */
export function waitingElsewhere(storage, place) {
  const [here, coder] = place.split(" ");
  const found = new Map();
  try {
    for (let index = 0; index < storage.length; index += 1) {
      const [, source, whose] = /^rakurs\.outbox\.(\S+) (\S+) \S+$/.exec(storage.key(index)) ?? [];
      if (!source || source === here || whose !== coder) continue;
      const count = JSON.parse(storage.getItem(storage.key(index))).length;
      found.set(source, (found.get(source) ?? 0) + count);
    }
    return [...found].map(([source, count]) => ({ title: storage.getItem(`${NAMES}${source}`) ?? "?", count }));
  } catch {
    return [];
  }
}
