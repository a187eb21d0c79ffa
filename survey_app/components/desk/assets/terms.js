// On what terms the coder sits here, as the server has told: {closed, shapes, sampled, progress, others}. It asks the same
// once more before it does anything; here it decides what is offered.

const OF_ALL = ["split", "merge", "edit", "newCode", "inVivo", "heardNow"];
const WRITING = [
  ...OF_ALL, "pick", "again", "recent", "codeHits", "attributes", "flag", "memo", "memoOn", "readToHere", "accept",
  "remove", "undo", "redo",
];

export const FREE = { word: "", closed: "", shapes: true, sampled: null, progress: "", others: "" };

/** Whether a command is offered: what changes the text for all only to researchers, that on others where they are seen. */
export function offers(terms, name) {
  if (name === "others") return terms.others !== "";
  return terms.shapes || !OF_ALL.includes(name);
}

/** Whether a command may be done now: in a closed text whatever changes nothing. */
export function allows(terms, name) {
  return offers(terms, name) && !(terms.closed && WRITING.includes(name));
}

/** Whether a statement is the coder's to code. */
export function isDue(terms, row) {
  return Boolean(row.statement && row.counted && (!terms.sampled || terms.sampled.includes(row.statement.id)));
}

/** Whether words may be coded: no statement that they touch lies outside the sample. */
export function isCodable(terms, rows) {
  return !terms.sampled || rows.every((row) => !row.statement || terms.sampled.includes(row.statement.id));
}

/** Let a desk be as its terms have it. */
export function keepTo(desk) {
  const { bar, paper, root, terms } = desk;
  for (const row of paper.stations) row.node.classList.toggle("is-beside", !isDue(terms, row));
  bar.keepTo(terms);
  root.classList.toggle("is-closed", terms.closed !== "");
}

/** What a desk says of a command that may not be done now; "" of one that may. */
export function refusalOf({ terms, words }, name) {
  if (allows(terms, name) || name === "others") return "";
  return offers(terms, name) ? terms.closed : words.forResearchers;
}
