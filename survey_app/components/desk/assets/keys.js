// Which key does what on the desk. Arrows and Ctrl keys do not depend on the keyboard's layout; letters are commands
// in Latin only, so that a Cyrillic letter always begins a search. Marks are those that both layouts can type.

const MOVES = { ArrowDown: "next", ArrowUp: "previous", j: "next", k: "previous" };
const LETTERS = {
  n: "nextUncoded", N: "previousUncoded", m: "readToHere", "?": "help", " ": "menu", ".": "again", ",": "attributes",
  "*": "flag", ";": "memo", "+": "newCode", '"': "inVivo", ":": "jump", "/": "search",
  "-": "others",
};
const NAMED = {
  Enter: "pick", Escape: "escape", Delete: "remove", Backspace: "remove", ArrowRight: "nextCoding",
  ArrowLeft: "previousCoding", Home: "first", End: "last", F1: "rules", F2: "edit", "!": "nextLook", "=": "accept",
};
const EXTENDS = {
  ArrowRight: ["forward", "character"], ArrowLeft: ["backward", "character"],
  ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"],
  End: ["forward", "lineboundary"], Home: ["backward", "lineboundary"],
};
const SOUND = {
  KeyP: "listen", KeyJ: "soundBack", KeyL: "soundOn", KeyK: "goHeard", Comma: "slower", Period: "faster",
};

/** The command for the recording, wherever the coder types: Alt and a key by its place, in any layout; or null. */
export function soundCommandOf({ code, altKey, ctrlKey, metaKey, shiftKey }) {
  return altKey && !ctrlKey && !metaKey && !shiftKey ? SOUND[code] ?? null : null;
}

/** The command of a key press: {name, ...} or null when the key is not ours. */
export function commandOf(event) {
  const { key, code, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && (key.toLowerCase() === "z" || (code === "KeyZ" && !isLatin(key)))) {
    return { name: shiftKey ? "redo" : "undo" };
  }
  if (control && (key.toLowerCase() === "y" || (code === "KeyY" && !isLatin(key)))) return { name: "redo" };
  if (control && key === "Enter") return { name: shiftKey ? "merge" : "split" };
  if (control && shiftKey && (key === "ArrowDown" || key === "ArrowUp")) {
    return { name: "extend", direction: key === "ArrowDown" ? "forward" : "backward", unit: "sentence" };
  }
  if (shiftKey && EXTENDS[key]) {
    const [direction, unit] = EXTENDS[key];
    return { name: "extend", direction, unit: unit === "character" && (control || event.altKey) ? "word" : unit };
  }
  if (control && key === "ArrowDown") return { name: "nextUncoded" };
  if (control && key === "ArrowUp") return { name: "previousUncoded" };
  if (control || event.altKey) return null;
  const name = MOVES[key] ?? LETTERS[key] ?? NAMED[key];
  if (name) return { name };
  if (/^[1-9]$/.test(key)) return { name: "recent", place: Number(key) - 1 };
  return /^[\p{L}\p{N}]$/u.test(key) ? { name: "type", text: key } : null;
}

function isLatin(key) {
  return /^[a-z]$/i.test(key);
}
