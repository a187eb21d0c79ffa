// What was done to a statement stands on a page of its own; the desk stays open beside it.

/** The address of the history of a statement, seen from the address of the desk. */
export function historyOf(desk, statement) {
  const address = new URL(desk);
  address.pathname = address.pathname.replace(/[^/]*$/, "history");
  address.searchParams.delete("source");
  if (statement) address.searchParams.set("at", statement);
  else address.searchParams.delete("at");
  return address.href;
}

/** Open it in a new tab. */
export function openHistory(statement) {
  open(historyOf(location.href, statement), "_blank", "noopener");
}
