// What may be decided on one statement. Pure. `given` leads from a coder to the codes given, null where the coder has
// not looked. A choice leads from a code to the coder whose words are taken, "" for the whole statement; null: none yet.

/** What was given, each set of codes once, with all who gave it: [{codes, coders}]. */
export function proposals(given, coders) {
  const found = new Map();
  for (const coder of coders) {
    const codes = given[coder];
    if (!codes) continue;
    const name = [...codes].sort().join(" ");
    if (!found.has(name)) found.set(name, { codes, coders: [] });
    found.get(name).coders.push(coder);
  }
  return [...found.values()];
}

/** The choice that follows one proposal. */
export function following({ codes, coders }) {
  return Object.fromEntries(codes.map((code) => [code, coders[0]]));
}

/** The choice of every code that more than half of those who looked gave. */
export function majority(given, coders) {
  const looked = coders.filter((coder) => given[coder]);
  const chosen = {};
  for (const code of codesGiven(given, coders)) {
    const who = looked.filter((coder) => given[coder].includes(code));
    if (2 * who.length > looked.length) chosen[code] = who[0];
  }
  return chosen;
}

/** Every code that somebody gave, in the order of coders. */
export function codesGiven(given, coders) {
  return [...new Set(coders.flatMap((coder) => given[coder] ?? []))];
}

/** The codes that are offered one by one: those given and those chosen besides. */
export function offered(given, coders, choice) {
  return [...new Set([...codesGiven(given, coders), ...Object.keys(choice ?? {})])];
}

/** The choice with a code in it, or without it if it was. */
export function toggled(choice, code, given, coders) {
  const { [code]: present, ...others } = choice ?? {};
  if (present !== undefined) return others;
  return { ...others, [code]: coders.find((coder) => given[coder]?.includes(code)) ?? "" };
}

/** The choice that a decision was, as far as its codes tell. */
export function decidedAs(codes, given, coders) {
  return codes.reduce((choice, code) => toggled(choice, code, given, coders), {});
}

/** Whether a choice has just these codes. */
export function isSame(choice, codes) {
  if (!choice) return false;
  const names = Object.keys(choice);
  return names.length === codes.length && codes.every((code) => names.includes(code));
}

/** The next statement from `at` in a direction that `fits`; past an end it goes on at the other. Null: none. */
export function nextFrom(items, at, step, fits = () => true) {
  const place = items.indexOf(at);
  for (let far = 1; far <= items.length; far += 1) {
    const item = items[(((place + step * far) % items.length) + items.length) % items.length];
    if (item !== at && fits(item)) return item;
  }
  return null;
}
