// Times of a text and of its recording: where a row is heard, and which row is heard at a moment.

/** How fast a recording may be played, of its own speed. */
export const RATES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

const HARDLY_S = 0.05;

/** The second at which a row begins by the transcript's clock, or null: that of its statement, or of the turn it opens. */
export function timeOf(row) {
  return row.statement?.at ?? (row.start === row.turn.start ? row.turn.at ?? null : null);
}

/** Rows that have a time, in the order of their times. */
export function timeline(rows) {
  const timed = rows.map((row) => ({ row, at: timeOf(row) })).filter(({ at }) => at !== null);
  return timed.sort((one, other) => one.at - other.at || one.row.start - other.row.start);
}

/** The row itself or the nearest one before it that has a time, with that time; null where there is none. */
export function beginning(rows, row) {
  for (let index = rows.indexOf(row); index >= 0; index -= 1) {
    const at = timeOf(rows[index]);
    if (at !== null) return { row: rows[index], at };
  }
  return null;
}

/** The row of a timeline that is heard at `seconds` of the transcript's clock, or null before the first one.
 *
 * One that begins at this very moment is heard: players stop at the nearest sample before it.
 */
export function heardAt(line, seconds) {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line[middle].at <= seconds + HARDLY_S) low = middle + 1;
    else high = middle;
  }
  return line[low - 1]?.row ?? null;
}

/** The next speed in a direction (1 or -1); the same at either end. */
export function nextRate(rate, step) {
  const place = RATES.indexOf(rate);
  return RATES[Math.max(0, Math.min(RATES.length - 1, (place < 0 ? RATES.indexOf(1) : place) + step))];
}

/** Seconds as a reader says them: 3:05, 1:03:05. */
export function clockOf(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
