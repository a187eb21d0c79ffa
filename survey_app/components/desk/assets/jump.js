// Go to a speaker, to a question of the guide, or to a time, by typing it.

import { matching } from "./palette.js";

/** Seconds of a time as it is written (90, 12:30, 1:02:03), or null. */
export function secondsOf(text) {
  if (!/^\d{1,3}(:\d{1,2}){0,2}$/.test(text.trim())) return null;
  const parts = text.trim().split(":").map(Number);
  if (parts.length === 1) return parts[0] * 60;
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}

/** The last row that begins at or before a time ("12:30" of turns whose `time` is written so); the first before all. */
export function rowAtTime(rows, seconds) {
  let found = rows[0] ?? null;
  for (const row of rows) {
    const time = row.turn.time ? row.turn.time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : null;
    if (time !== null && time > seconds) break;
    if (time !== null) found = row;
  }
  return found;
}

/** The first row after `row` that is wanted, from the beginning again where none follows. */
export function nextRow(rows, row, wanted) {
  const at = row ? rows.findIndex((each) => each.start > row.start) : 0;
  const order = at < 0 ? rows : [...rows.slice(at), ...rows.slice(0, at)];
  return order.find(wanted) ?? null;
}

/** Ask where to go. */
export function askWhere(desk) {
  const { palette, paper, words, cursor } = desk;
  const { speakers, questions } = paper.doc;
  const rows = paper.stations;
  const here = new Set(rows.map((row) => row.turn.speaker));
  const places = [
    ...speakers.map((speaker, index) => ({
      text: speaker.name, detail: speaker.group, wanted: (row) => row.turn.speaker === index, there: here.has(index),
    })),
    ...questions.map(({ key, ask }) => ({
      text: `${key} ${ask}`, wanted: (row) => row.statement.question === key,
      there: rows.some((row) => row.statement.question === key),
    })),
  ].filter(({ there }) => there);
  palette.ask({
    title: words.goTo, hint: words.goToHow,
    entriesFor: (query) => {
      const seconds = secondsOf(query);
      const time = seconds === null ? [] : [{ text: `${words.time}: ${query.trim()}`, row: rowAtTime(rows, seconds) }];
      return [...time, ...matching(places, query)];
    },
    onPick: (place) => desk.goToRow(place.row ?? nextRow(rows, cursor.row, place.wanted)),
  });
}
