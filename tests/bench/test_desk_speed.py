"""How fast the coding desk is with 60,000 and with 300,000 words and 5,000 codings. Prints figures, asserts no time."""

import statistics
from itertools import cycle, islice

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.demo import demo_rows
from survey_app.actions.studies import create_study
from survey_app.store import codes as code_rows
from survey_app.store import schema, sources, studies
from survey_app.store.log import Store
from survey_app.store.migrate import migrate
from tests.browser.serving import Server

CODINGS = 5_000
ACTIONS = 40
MEASURE = """() => {
  const figures = {paint: [], saved: []};
  window.figures = figures;
  const afterPaint = (act) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = act;
    channel.port2.postMessage(0);
  });
  window.measure = (key, saved) => {
    const desk = document.querySelector('.rk-desk');
    const wait = document.querySelector('.rk-saved');
    window.addEventListener('keydown', function listener(event) {
      if (event.key !== key) return;
      window.removeEventListener('keydown', listener, true);
      const began = event.timeStamp;
      const change = new MutationObserver(() => {
        change.disconnect();
        afterPaint(() => figures.paint.push(performance.now() - began));
      });
      change.observe(document.querySelector('.rk-scroll'), {subtree: true, childList: true, attributes: true});
      if (!saved) return;
      const answer = new MutationObserver(() => {
        if (wait.dataset.waiting !== '0') return;
        answer.disconnect();
        figures.saved.push(performance.now() - began);
      });
      answer.observe(wait, {attributes: true, childList: true, characterData: true});
    }, true);
  };
}"""


@pytest.fixture(scope="module", params=[60_000, 300_000])
def big_server(tmp_path_factory, request):
    """A server with one long text on which coder A has put 5,000 codings."""
    folder = tmp_path_factory.mktemp("big")
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    migrate(store)
    study = create_study(store, "A", title_en="Long", slug="long")
    source = bring_in_file(
        store, "A", study, recognise_file(store, study["id"], "long.vtt", long_transcript(request.param))
    )
    with store.change(study["id"], "A", "prepare") as change:
        codes = [row["id"] for row in code_rows.codes(change.connection, study["id"]) if row["parent_id"]]
        coder = studies.coders(change.connection, study["id"])[0]["id"]
        statements = sources.statements(change.connection, source)
        coded = [row for number, row in enumerate(statements) if number % 5]  # the others are coded by hand
        chosen = list(islice(cycle(coded), CODINGS))
        change.insert(
            schema.coding,
            [
                {"source_id": source, "start": row["start"], "end": row["end"], "code_id": code, "coder_id": coder}
                for row, code in zip(chosen, islice(cycle(codes), CODINGS), strict=True)
            ],
        )
    store.engine.dispose()
    running = Server(folder)
    running.words = request.param
    running.start()
    yield running
    running.kill()


def long_transcript(wanted: int) -> bytes:
    """The demo's statements again and again, as Zoom writes them, until they are long enough."""
    said = [(row["expert_id"], row["text_en"]) for row in demo_rows("statements.csv")]
    words, cues = 0, []
    for number, (speaker, text) in enumerate(cycle(said)):
        if words >= wanted:
            break
        words += len(text.split())
        start, end = number * 10, number * 10 + 9
        cues.append(f"{number + 1}\n{_time(start)} --> {_time(end)}\nSpeaker {speaker}: {text}\n")
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def test_the_desk_with_a_long_text(big_server, page, capsys):
    page.goto(big_server.page("desk", study="long"))
    page.locator(".rk-row").first.wait_for()
    opened = []
    for _visit in range(3):
        page.goto("about:blank")
        page.goto(big_server.page("desk", study="long"))
        page.locator(".rk-row.is-here").wait_for()
        opened.append(page.evaluate("performance.now()"))
    page.evaluate(MEASURE)
    page.locator(".rk-row.is-here .rk-text").click()
    moving = _times(page, "j", ACTIONS, saved=False)
    coding = []
    acknowledged = []
    for short in islice(cycle(["P01", "P07", "E04", "R03", "E10"]), ACTIONS):
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.keyboard.type(short)
        paint, saved = _measured(page, "Enter", saved=True)
        coding.append(paint)
        acknowledged.append(saved)
    size = page.evaluate(
        "[document.querySelectorAll('.rk-row').length, document.querySelectorAll('.rk-desk *').length]"
    )
    with capsys.disabled():
        print(f"\n{big_server.words} words, {CODINGS} codings: {size[0]} rows, {size[1]} elements")
        print(_line("opened, cold bundle cached (ms)", opened))
        print(_line("key to paint, moving (ms)", moving))
        print(_line("key to paint, coding (ms)", coding))
        print(_line("key to saved on disk (ms)", acknowledged))
    assert len(acknowledged) == ACTIONS


def _times(page, key, count, *, saved):
    return [_measured(page, key, saved=saved)[0] for _press in range(count)]


def _measured(page, key, *, saved):
    before = page.evaluate("[figures.paint.length, figures.saved.length]")
    page.evaluate("([key, saved]) => measure(key, saved)", [key, saved])
    page.keyboard.press(key)
    page.wait_for_function(
        "([paint, saved, wanted]) => figures.paint.length > paint && (!wanted || figures.saved.length > saved)",
        arg=[*before, saved],
    )
    return page.evaluate("[figures.paint.at(-1), figures.saved.at(-1)]")


def _line(name, times):
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"  {name:34} median {statistics.median(times):7.1f}   p95 {p95:7.1f}   n {len(times)}"


def _time(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
