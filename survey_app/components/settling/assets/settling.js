// Settling differences by keyboard: what Streamlit mounts. It is called again whenever the server has something to say.
//
// Down: {hash, doc | null, decisions, done, refused, heard, at}. Up: the state `sync` = {n, client, have, out}, where
// `out` is every step without an answer. The statements travel once; after that only steps and answers do.

import { Room } from "./room.js";

const rooms = new WeakMap(); // by the element that Streamlit gives us, since it calls us anew in the same place

export default function ({ data, parentElement, setStateValue }) {
  if (!rooms.has(parentElement)) rooms.set(parentElement, new Room(parentElement));
  rooms.get(parentElement).hear(data, (message) => setStateValue("sync", message));
  // No cleanup is returned: Streamlit calls that of an overtaken run while the room is still in use.
}
