/* A table as a file that spreadsheets open: CSV with a mark of its encoding, and no cell that could run as a formula. */
(function (rakurs) {
  "use strict";
  const NUMBER = /^[-+]?\d+(?:[.,]\d+)?$/;

  function cell(text) {
    const told = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return /[",;\n\r]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told;
  }

  rakurs.csv = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

  /* The words of a table's cells, without what only screen readers are told. */
  rakurs.rowsOf = function (table) {
    return Array.from(table.rows, (row) => Array.from(row.cells, (each) => {
      const copy = each.cloneNode(true);
      for (const unseen of copy.querySelectorAll(".unseen")) unseen.remove();
      return copy.textContent.trim().replace(/\s+/g, " ");
    }));
  };

  rakurs.fileName = (name) => name.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "rakurs";

  rakurs.handOut = function (blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
})(globalThis.rakurs = globalThis.rakurs || {});
