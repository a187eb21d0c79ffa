// The codes as the desk knows them: by id, by name in the language of the screen, and the ones used last.

const RECENT = 12;
const UNKNOWN = { id: "", key: "", short: "?", colour: "#777777", label_en: "", label_ru: "", definition: "" };

export class Codebook {
  /** `name` tells the lists of recently used codes of several coders apart in `storage`. */
  constructor(codes, language, storage, name) {
    Object.assign(this, { language, storage, name: `rakurs.recent.${name}` });
    this.byId = new Map(codes.map((code) => [code.id, code]));
    this.places = new Map(codes.map((code, index) => [code.id, index]));
    this.usable = codes.filter((code) => code.usable);
  }

  /** The code with that id; a grey one where the codebook has none. */
  get(id) {
    return this.byId.get(id) ?? UNKNOWN;
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
