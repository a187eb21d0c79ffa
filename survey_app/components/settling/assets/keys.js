// Which key does what while one settles. Letters are read from the key's place, so that every layout works; all letters
// that are no command begin a search for a code.

const PLACES = { KeyM: "mix", KeyJ: "next", KeyK: "previous", KeyU: "undo", KeyX: "anchor", KeyN: "nextWaiting" };
const NAMED = {
  ArrowDown: "next", ArrowUp: "previous", ArrowRight: "next", ArrowLeft: "previous", Enter: "reason", Escape: "back",
  "?": "help", Home: "first", End: "last", Backspace: "reopen", Delete: "reopen",
};

/** The command of a key press: {name, ...} or null when the key is not ours. */
export function commandOf({ key, code, shiftKey, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey) return !altKey && !shiftKey && code === "KeyZ" ? { name: "undo" } : null;
  if (altKey) return null;
  if (NAMED[key]) return { name: NAMED[key] };
  if (code === "Slash") return { name: shiftKey ? "help" : "search" };
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code ?? "") ?? /^([0-9])$/.exec(key);
  if (digit && !shiftKey) return { name: "number", number: Number(digit[1]) };
  if (PLACES[code] && !shiftKey) return { name: PLACES[code] };
  return /^\p{L}$/u.test(key) ? { name: "type", text: key } : null;
}
