// Which statements the coder has looked at: those they moved past or coded, and what they marked as read.

import { isDue } from "./terms.js";

export class Reading {
  constructor(desk) {
    this.desk = desk;
    this.looked = new Set();
  }

  /** Take the ledger's word for it and show what is new. */
  show() {
    const { ledger, paper, bar, terms } = this.desk;
    const before = this.looked;
    this.looked = ledger.looked();
    let [read, due] = [0, 0];
    for (const row of paper.stations) {
      const now = this.looked.has(row.statement.id);
      if (isDue(terms, row)) due += 1;
      if (now && isDue(terms, row)) read += 1;
      if (now !== before.has(row.statement.id)) row.node.classList.toggle("is-read", now);
    }
    bar.count(read, due, terms.progress);
  }

  /** Record that rows were looked at; it travels with the next coding, or soon. */
  past(rows) {
    const { ledger, line, terms } = this.desk;
    const statements = terms.closed ? [] : rows.filter((row) => isDue(terms, row)).map((row) => row.statement.id);
    const fresh = statements.filter((id) => !this.looked.has(id));
    if (!fresh.length) return [];
    ledger.look(fresh);
    line.later();
    this.show();
    return fresh;
  }

  /** Mark every statement down to `row`; returns the ids that were not marked before. */
  downTo(row) {
    return row ? this.past(this.desk.paper.stations.filter((each) => each.start <= row.start)) : [];
  }

  /** Take such a mark back. */
  takeBack(statements) {
    this.desk.ledger.add({ do: "unlook", statements });
    this.desk.line.now();
    this.show();
  }
}
