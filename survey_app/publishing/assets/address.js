/* What a reader has chosen, as the part of the address behind "#": #<language>/<place>?by=..&segment=..&with=..&code=..&find=..
   Read without trust: whatever is not known is left out. */
(function (rakurs) {
  "use strict";
  const CHOICES = ["by", "segment", "with", "code", "find"];

  function readable(text) {
    try {
      return decodeURIComponent(text);
    } catch (problem) {
      return text;
    }
  }

  rakurs.readAddress = function (hash) {
    const found = /^#([a-z]{2})(?:\/([^?]*))?(?:\?(.*))?$/.exec(hash) || [];
    const query = new URLSearchParams(found[3] || "");
    const read = { language: found[1] || "", place: readable(found[2] || "") };
    for (const name of CHOICES) read[name] = query.get(name) || "";
    return read;
  };

  rakurs.writeAddress = function (chosen) {
    const query = new URLSearchParams();
    for (const name of CHOICES) if (chosen[name]) query.set(name, chosen[name]);
    const told = query.toString();
    return `#${chosen.language}${chosen.place ? `/${chosen.place}` : ""}${told ? `?${told}` : ""}`;
  };
})(globalThis.rakurs = globalThis.rakurs || {});
