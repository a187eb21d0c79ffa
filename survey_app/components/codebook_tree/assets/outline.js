// The codebook as an outline: which rows are seen, where a key leads, where a code may be put. Knows no page.

/** Letters compared without case, accents, and the two points of ё. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Codes in order, each with its children: {codes, byId, below(parent)}; `parent` is null for a root. */
export function grow(codes) {
  const byId = new Map(codes.map((code) => [code.id, code]));
  const lists = new Map();
  for (const code of codes) {
    const above = byId.has(code.parent) ? code.parent : null;
    if (!lists.has(above)) lists.set(above, []);
    lists.get(above).push(code);
  }
  return { codes, byId, below: (parent) => lists.get(parent ?? null) ?? [] };
}

/** The rows that are seen, in reading order. A search opens what holds a match; retired codes only on demand. */
export function rowsOf(tree, { closed = new Set(), retired = false, query = "" } = {}) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const fits = (code) => words.every((word) => fold(code.search).includes(word));
  const shown = (code) =>
    (retired || !code.archived) && (!words.length || fits(code) || tree.below(code.id).some(shown));
  const rows = [];
  const walk = (parent, level) => {
    const siblings = tree.below(parent).filter(shown);
    siblings.forEach((code, at) => {
      const below = tree.below(code.id).some(shown);
      const open = below && (words.length > 0 || !closed.has(code.id));
      rows.push({ code, level, place: at + 1, of: siblings.length, below, open, found: words.length > 0 && fits(code) });
      if (open) walk(code.id, level + 1);
    });
  };
  walk(null, 1);
  return rows;
}

/** Where a key of the tree leads from row `at`: {focus}, {open} or {close} an id, or null. */
export function steer(rows, at, key) {
  const row = rows[at];
  if (!row) return rows.length ? { focus: rows[0].code.id } : null;
  const go = (to) => (rows[to] && to !== at ? { focus: rows[to].code.id } : null);
  if (key === "ArrowDown") return go(at + 1);
  if (key === "ArrowUp") return go(at - 1);
  if (key === "Home") return go(0);
  if (key === "End") return go(rows.length - 1);
  if (key === "ArrowRight") return row.below ? (row.open ? go(at + 1) : { open: row.code.id }) : null;
  if (key === "ArrowLeft") {
    if (row.open) return { close: row.code.id };
    const above = rows.findIndex((each) => each.code.id === row.code.parent);
    return above >= 0 ? go(above) : null;
  }
  return null;
}

/** The next row whose name or short name begins with the letters, from row `at` on and round; null if none does. */
export function spell(rows, at, letters) {
  const word = fold(letters);
  const first = word.length > 1 ? 0 : 1; // more letters may still mean the row that one stands on
  for (let step = first; step < rows.length + first; step += 1) {
    const { code } = rows[(at + step) % rows.length];
    if ([code.short, code.label].some((name) => fold(name).startsWith(word))) return code.id;
  }
  return null;
}

/** Where Alt and an arrow would put a code: {parent, before} (before null: last), or null where it cannot go. */
export function shift(tree, id, key, retired = false) {
  const code = tree.byId.get(id);
  if (!code) return null;
  const siblings = tree.below(code.parent);
  const seen = siblings.filter((each) => each.id === id || retired || !each.archived);
  const at = seen.indexOf(code);
  if (key === "ArrowUp") return at > 0 ? { parent: code.parent, before: seen[at - 1].id } : null;
  if (key === "ArrowDown") {
    return at < seen.length - 1 ? { parent: code.parent, before: after(siblings, seen[at + 1].id) } : null;
  }
  if (code.parent === null) return null;
  if (key === "ArrowRight") {
    const into = seen.slice(0, at).findLast((each) => !each.archived);
    return into ? { parent: into.id, before: null } : null;
  }
  const parent = tree.byId.get(code.parent);
  if (key !== "ArrowLeft" || parent.parent === null) return null;
  return { parent: parent.parent, before: after(tree.below(parent.parent), parent.id) };
}

/** Where a dragged code would come to stand: `zone` of the row it is over is "before", "inside" or "after". */
export function drop(tree, id, overId, zone) {
  const [code, over] = [tree.byId.get(id), tree.byId.get(overId)];
  if (!code || !over || isWithin(tree, overId, id)) return null;
  const parent = zone === "inside" ? overId : over.parent;
  if ((code.parent === null) !== (parent === null)) return null; // roots move among roots, codes below roots
  if (parent !== null && tree.byId.get(parent).archived) return null;
  const siblings = tree.below(parent);
  let before = null;
  if (zone === "before") before = overId;
  if (zone === "after") before = after(siblings, overId);
  if (before === id) before = after(siblings, id);
  const stays = parent === code.parent && before === after(siblings, id);
  return stays ? null : { parent, before };
}

/** Which part of a row a pointer is over, `share` of its height from the top. */
export function zoneAt(share) {
  return share < 0.3 ? "before" : share > 0.7 ? "after" : "inside";
}

/** Whether a code is another or stands below it. */
export function isWithin(tree, id, above) {
  for (let at = tree.byId.get(id); at; at = tree.byId.get(at.parent)) if (at.id === above) return true;
  return false;
}

function after(siblings, id) {
  return siblings[siblings.findIndex((each) => each.id === id) + 1]?.id ?? null;
}
