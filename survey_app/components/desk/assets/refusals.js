// What the server refused, in its words, and what becomes of it on the desk.

/** Sentences to tell. `settled` are operations that have an answer, `refused` those among them that were not done.
 *
 * A code that was not made takes what it was put on with it; the words of a memo go back into its field.
 */
export function refusals(desk, settled, refused) {
  const named = (one) => settled.find((each) => each.client === one.client && each.seq === one.seq);
  const ours = refused.filter(named);
  const unmade = new Set(ours.map(named).filter((each) => each.do === "code").map(({ code }) => code));
  for (const code of unmade) desk.codebook.forget(code);
  if (unmade.size) desk.offerRecent();
  for (const memo of ours.map(named).filter((each) => each.do === "memo")) desk.marks.giveBack(memo);
  const told = ours.filter((one) => named(one).do !== "add" || !unmade.has(named(one).code)).map(({ text }) => text);
  return [...new Set(told)];
}
