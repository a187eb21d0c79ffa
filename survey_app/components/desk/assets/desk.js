// The coding desk: what Streamlit mounts. It is called again whenever the server has something to say.
//
// Down: {hash, place, doc | null, book | null, terms | null, codings | null, looked_at, others, revision, changes, marks,
// looked, otherChanges, state, done, refused, heard, recording | null}, or {gone} when the coder has no place here any more.
// Up: the state `sync` = {n, client, have, book, terms, revision, out}, where `out` is every operation without an answer.
// The text travels once; after that only operations and answers do. Whether there is anything new is asked beside this,
// every second, by a route that says yes or no.

import { Desk } from "./board.js";

const desks = new WeakMap(); // by the element that Streamlit gives us, since it calls us anew in the same place

export default function ({ data, parentElement, setStateValue }) {
  if (!desks.has(parentElement)) desks.set(parentElement, new Desk(parentElement));
  desks.get(parentElement).hear(data, (message) => setStateValue("sync", message));
  // No cleanup is returned: Streamlit calls that of an overtaken run while the desk is still in use.
}
