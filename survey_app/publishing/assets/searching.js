/* Search in words, deaf to case, accents and the dots of ё. */
(function (rakurs) {
  "use strict";

  /* The text as it is compared, and for each of its letters the place of the letter that it comes from. */
  rakurs.folded = function (text) {
    let plain = "";
    const places = [];
    let at = 0;
    for (const letter of text) {
      const bare = /й/i.test(letter) ? letter : letter.normalize("NFD").replace(/\p{M}/gu, ""); // й is no и with an accent
      for (const each of bare.toLowerCase()) {
        plain += each;
        for (let n = 0; n < each.length; n += 1) places.push(at);
      }
      at += letter.length;
    }
    places.push(at);
    return { plain, places };
  };

  rakurs.wordsOf = (wanted) => rakurs.folded(wanted).plain.split(/\s+/).filter(Boolean);

  /* Where the words stand in the text, as [start, end] in order, touching ones joined; null unless all of them do. */
  rakurs.hitsIn = function (text, words) {
    const { plain, places } = rakurs.folded(text);
    const found = [];
    for (const word of words) {
      let from = plain.indexOf(word);
      if (from < 0) return null;
      for (; from >= 0; from = plain.indexOf(word, from + word.length)) found.push([places[from], places[from + word.length]]);
    }
    found.sort((first, second) => first[0] - second[0]);
    const joined = [];
    for (const [start, end] of found) {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  };
})(globalThis.rakurs = globalThis.rakurs || {});
