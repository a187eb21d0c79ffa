// Where somebody was, and what was begun and not stored yet: a reload comes back to both.

const NOWHERE = { at: null, drafts: {}, asked: null };

/** {at, drafts, asked}: the statement, what was begun on which, and where a link has led already. */
export function placeOf(storage, name) {
  try {
    return { ...NOWHERE, ...JSON.parse(storage.getItem(`rakurs.settling.${name}`) ?? "{}") };
  } catch {
    return { ...NOWHERE };
  }
}

/** Keep it until this tab is closed. */
export function keepPlace(storage, name, place) {
  try {
    storage.setItem(`rakurs.settling.${name}`, JSON.stringify(place));
  } catch {
    // without storage place and drafts live as long as the page
  }
}
