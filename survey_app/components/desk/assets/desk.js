// The coding desk: what Streamlit mounts. It is called again whenever the server has something to say.
//
// Down: {hash, place, doc | null, codings | null, looked_at, revision, changes, done, refused, heard, recording | null}.
// Up: the state `sync` = {n, client, have, revision, out}, where `out` is every operation without an answer.
// The text travels once; after that only operations and answers do.

import { Desk } from "./board.js";

const desks = new WeakMap(); // by the element that Streamlit gives us, since it calls us anew in the same place

export default function ({ data, parentElement, setStateValue }) {
  if (!desks.has(parentElement)) desks.set(parentElement, new Desk(parentElement));
  desks.get(parentElement).hear(data, (message) => setStateValue("sync", message));
  // No cleanup is returned: Streamlit calls that of an overtaken run while the desk is still in use.
}
