// The codes as the desk knows them: by id, by name in the language of the screen, and the ones used last.

const RECENT = 12;
const UNKNOWN = { id: "", key: "", short: "?", colour: "#777777", label_en: "", label_ru: "", definition: "" };

export class Codebook {
  /** `name` tells the lists of recently used codes of several coders apart in `storage`. */
  constructor(book, language, storage, name) {
    Object.assign(this, { language, storage, name: `rakurs.recent.${name}` });
    this.update(book);
  }

  /** Take a newer codebook ({hash, codes, attributes, rules}) in its place. */
  update({ hash, codes, attributes, rules }) {
    Object.assign(this, { hash, attributes, rules, codes });
    this.byId = new Map(codes.map((code) => [code.id, code]));
    this.places = new Map(codes.map((code, index) => [code.id, index]));
    this.usable = codes.filter((code) => code.usable);
  }

  /** The code with that id; a grey one where the codebook has none. */
  get(id) {
    return this.byId.get(id) ?? UNKNOWN;
  }

  /** Know a code that was just made, until the server has sent the codebook with it. */
  expect({ id, label, parent }) {
    const code = {
      id, key: "", short: "", label_en: label, label_ru: label, colour: parent.colour, definition: "",
      parent: parent.id, archived: false, usable: true,
    };
    this.byId.set(id, code);
    this.codes = [...this.codes, code];
    this.usable = [...this.usable, code];
  }

  /** Forget a code that the server refused. */
  forget(id) {
    this.byId.delete(id);
    this.codes = this.codes.filter((code) => code.id !== id);
    this.usable = this.usable.filter((code) => code.id !== id);
  }

  /** Where it stands in the codebook, from 0. */
  place(id) {
    return this.places.get(id) ?? this.places.size;
  }

  /** Its name in the language of the screen, or in the other one. */
  nameOf(code) {
    return this.language === "ru" ? code.label_ru || code.label_en : code.label_en || code.label_ru;
  }

  /** Its name in the language that the screen does not show. */
  otherNameOf(code) {
    const other = this.language === "ru" ? code.label_en : code.label_ru;
    return other === this.nameOf(code) ? "" : other;
  }

  /** Short name and name: P01 Skills shortage among officials. */
  titleOf(code) {
    return `${code.short} ${this.nameOf(code)}`.trim();
  }

  /** Codes that others may hang under: those in use. */
  get parents() {
    return this.codes.filter((code) => !code.archived);
  }

  /** Codes used last that are in use, newest first; where few were used, the first of the codebook follow. */
  latest(count) {
    const used = this.recent().map((id) => this.byId.get(id)).filter((code) => code?.usable);
    return [...new Set([...used, ...this.usable])].slice(0, count);
  }

  /** Ids of the codes used last, newest first. */
  recent() {
    try {
      return JSON.parse(this.storage.getItem(this.name) ?? "[]");
    } catch {
      return [];
    }
  }

  /** Keep that a code was used. */
  remember(id) {
    const recent = [id, ...this.recent().filter((each) => each !== id)].slice(0, RECENT);
    try {
      this.storage.setItem(this.name, JSON.stringify(recent));
    } catch {
      // without storage the codes keep the order of the codebook
    }
  }
}
