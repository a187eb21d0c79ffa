// Every command by its name, with its letter in the menu that Space opens. What it is called comes with the words.

import { offers } from "./terms.js";

/** Letters of the menu, in the order in which it is read. */
export const MENU = {
  pick: "p", again: "l", newCode: "w", inVivo: "i", attributes: "a", flag: "f", memo: "m", memoOn: "o",
  search: "s", filter: "t", codeHits: "h", jump: "g", nextUncoded: "n", readToHere: "d", rules: "r", copy: "c",
  history: "y", split: "x", merge: "j", edit: "e", listen: "u", soundBack: "b",
  goHeard: "v", follow: "z", heardNow: "q", help: "k", others: "0",
};

/** Ask for a command; it is done once it is chosen. */
export function askForCommand(desk) {
  const { palette, words } = desk;
  const names = new Map(words.commands.map(([name, keys, text]) => [name, { keys, text }]));
  palette.ask({
    title: words.menu, hint: words.menuHow, byKeys: true,
    entries: Object.entries(MENU).filter(([name]) => offers(desk.terms, name)).map(([name, key]) => ({
      key, name, text: names.get(name)?.text ?? name, detail: names.get(name)?.keys ?? "",
    })),
    onPick: ({ name }) => desk.act(name),
  });
}
