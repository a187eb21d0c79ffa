// Moments of the server on the clock of whoever reads.

for (const moment of document.querySelectorAll("time[datetime]")) {
  const at = new Date(moment.dateTime), language = document.documentElement.lang;
  moment.textContent = at.toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
}
