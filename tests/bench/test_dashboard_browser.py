"""What a person waits for on the dashboard of 50 experts, 20,000 statements and 5,000 codings in a real browser: until
the first chart after a click on “Dashboard”, and until a filter has changed it. Prints figures, asserts no time."""

import statistics

import pytest
from playwright.sync_api import expect

from survey_app.actions.studies import create_study
from survey_app.store import codes as code_rows
from survey_app.store import schema, studies
from survey_app.store.log import Store
from survey_app.store.migrate import migrate
from tests.bench.large_panel import panel
from tests.browser.serving import Server

ROUNDS = 7
LOOKED_MS = 1500
"""How long a person looks at a page before they filter it; a chart that came in this time would be taken for the answer."""
CHART = ".js-plotly-plot .main-svg"
CLICKED = """([link, ready]) => new Promise((done) => {
  const began = performance.now();
  const shown = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  const watch = setInterval(() => {
    const found = document.querySelector(ready);
    if (found && found.getBoundingClientRect().height) { clearInterval(watch); shown(); }
  }, 5);
  document.querySelector(link).click();
})"""
CHANGED = """(label) => new Promise((done) => {
  const words = () => [...document.querySelectorAll('.stHeading h3')].map((one) => one.textContent).join('|');
  const charts = () => [...document.querySelectorAll('.js-plotly-plot')];
  const before = words(), old = new Set(charts()), began = performance.now(), found = {};
  const seen = (what) => {
    found[what] = 0;
    requestAnimationFrame(() => setTimeout(() => {
      found[what] = performance.now() - began;
      if (found.words && found.chart) done([found.words, found.chart]);
    }));
  };
  const watch = setInterval(() => {
    if (!('words' in found) && words() !== before) seen('words');
    const fresh = charts().some((one) => !old.has(one) && one.querySelector('.main-svg'));
    if (!('chart' in found) && fresh) seen('chart');
    if ('words' in found && 'chart' in found) clearInterval(watch);
  }, 5);
  [...document.querySelectorAll('[role=option]')].find((one) => one.textContent.trim() === label).click();
})"""


@pytest.fixture
def large_server(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'rakurs.db'}")
    migrate(store)
    study = create_study(store, "A", title_en="Large", slug="large")
    _fill(store, study, panel())
    store.engine.dispose()
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


def test_waiting_for_charts(large_server, page, capsys):
    page.goto(large_server.page("dashboard", study="large"))
    expect(page.locator(CHART).first).to_be_visible()
    first, filtered = [], []
    for _round in range(ROUNDS):
        page.get_by_role("link", name="Overview").click()
        expect(page.get_by_role("heading", name="Large", level=1)).to_be_visible()
        first.append(page.evaluate(CLICKED, ["a[href*='dashboard']", CHART]))
        expect(page.locator(CHART)).to_have_count(3)
        page.wait_for_timeout(LOOKED_MS)
        box = page.get_by_role("combobox", name="Segments")
        way = ("By stakeholder group", "By region")[box.input_value() == "By stakeholder group"]
        box.click()
        expect(page.get_by_role("option", name=way)).to_be_visible()
        filtered.append(page.evaluate(CHANGED, way))
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    with capsys.disabled():
        print(f"\nfirst chart after a click: median {statistics.median(first):.0f} ms, worst {max(first):.0f} ms")
        print(
            "\n".join(
                f"{what} after another way to part: median {statistics.median(each):.0f} ms, worst {max(each):.0f} ms"
                for what, each in zip(("finding", "its chart"), zip(*filtered, strict=True), strict=True)
            )
        )


def _fill(store, study, frames):
    with store.change(study["id"], "A", "prepare") as change:
        groups = {row["key"]: row["id"] for row in studies.groups(change.connection, study["id"])}
        codes = {row["key"]: row["id"] for row in code_rows.codes(change.connection, study["id"])}
        coder = studies.coders(change.connection, study["id"])[0]["id"]
        names = frames.experts["expert_id"].tolist()
        change.insert(
            schema.expert,
            [
                {"study_id": study["id"], "key": row["expert_id"], "name": row["expert_id"],
                 "group_id": groups[row["group_id"]], "region": row["region"], "position": place}
                for place, row in enumerate(frames.experts.to_dict("records"))
            ],
        )  # fmt: skip
        people = {row["key"]: row["id"] for row in _all(change, schema.expert, study)}
        for key, said in frames.statements.groupby("source_id"):
            rows = said.to_dict("records")
            [source] = change.insert(
                schema.source,
                [{"study_id": study["id"], "key": key, "kind": "session", "title": key, "language": "en",
                  "text": "\n".join(row["text"] for row in rows)}],
            )  # fmt: skip
            change.insert(
                schema.speaker,
                [{"source_id": source, "display_name": name, "role": "expert", "expert_id": people[name],
                  "confirmed": True} for name in names],
            )  # fmt: skip
            places = [(row["start"], row["end"]) for row in rows]
            change.insert(
                schema.turn,
                [{"source_id": source, "index": number, "speaker": row["expert_id"], "start": row["start"],
                  "end": row["end"]} for number, row in enumerate(rows)],
            )  # fmt: skip
            change.insert(
                schema.statement,
                [{"source_id": source, "turn": number, "start": start, "end": end}
                 for number, (start, end) in enumerate(places)],
            )  # fmt: skip
            given = frames.codings[frames.codings["source_id"] == key].to_dict("records")
            change.insert(
                schema.coding,
                [{"source_id": source, "start": row["start"], "end": row["end"], "code_id": codes[row["code_id"]],
                  "coder_id": coder, "layer": "adjudicated"} for row in given],
            )  # fmt: skip


def _all(change, table, study):
    return [
        dict(row._mapping) for row in change.connection.execute(table.select().where(table.c.study_id == study["id"]))
    ]
