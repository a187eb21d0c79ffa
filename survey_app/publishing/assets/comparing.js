/* Two segments beside each other, and how sure a number is: from the cells that are shown, and no others. */
(function (rakurs) {
  "use strict";
  const FEWEST = 5; // experts below which a share has no interval

  const share = (cell) => (cell && cell[0] !== null && cell[1] ? cell[0] / cell[1] : null);

  /* Rows of the codes that somebody of either names or whose number is hidden, the furthest apart first. */
  rakurs.compared = function (cells, first, second, codes) {
    const rows = codes.map((code) => {
      const [one, other] = [cells[first]?.[code] || null, cells[second]?.[code] || null];
      const [low, high] = [share(one), share(other)];
      return { code, first: one, second: other, apart: low === null || high === null ? null : Math.abs(low - high) };
    });
    const told = rows.filter((row) => row.apart === null || row.first[0] || row.second[0]);
    return told.sort((one, other) => (other.apart ?? -1) - (one.apart ?? -1));
  };

  /* Wilson's interval (1927) of a share at 95 %, in hundredths; null for fewer than five experts. */
  rakurs.interval = function (k, n) {
    if (n < FEWEST) return null;
    const z = 1.959963984540054;
    const middle = (k + (z * z) / 2) / (n + z * z);
    const half = (z / (n + z * z)) * Math.sqrt((k * (n - k)) / n + (z * z) / 4);
    return [k ? Math.round(100 * (middle - half)) : 0, k < n ? Math.round(100 * (middle + half)) : 100];
  };

  rakurs.filled = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  rakurs.howSure = function (words, k, n) {
    const found = rakurs.interval(k, n);
    return found ? rakurs.filled(words.sure_many, { k, n, low: found[0], high: found[1] }) : rakurs.filled(words.sure_few, { k, n });
  };
})(globalThis.rakurs = globalThis.rakurs || {});
