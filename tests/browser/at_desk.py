"""A desk in a browser, as a coder made for one test sits at it: what tests of the desk and of what lies beside it share."""

from playwright.sync_api import expect

from survey_app.actions.studies import add_coder
from survey_app.store import codes as code_rows
from survey_app.store import sources, studies
from tests.browser.conftest import store_of
from tests.browser.walking import at_rest


class Place:
    """A text of the demo that nobody has coded, as a coder made for one test."""

    def __init__(self, server, kind="session", study="demo-en"):
        self.server = server
        self.store = store_of(server)
        with self.store.reading() as connection:
            self.study = studies.by_slug(connection, study)
            self.source = sources.sources(connection, self.study["id"], kind)[0]
            self.text = sources.source(connection, self.source["id"])["text"]
            self.statements = sources.statements(connection, self.source["id"])
            self.codebook = code_rows.codes(connection, self.study["id"])
            self.codes = {row["id"]: row["short"] for row in self.codebook}
        self.coder = add_coder(self.store, "A", self.study["id"], "")

    @property
    def address(self):
        return self.server.page("desk", study=self.study["slug"], source=self.source["key"], coder=self.coder)

    def open(self, page):
        page.goto(self.address)
        expect(page.locator(".rk-row.is-here")).to_be_visible()
        at_rest(page)
        page.locator(".rk-row.is-here .rk-text").click()

    def stored(self, coder=None):
        """(words, short code) of the codings on the disk."""
        with self.store.reading() as connection:
            coder_id = next(
                row["id"] for row in studies.coders(connection, self.study["id"]) if row["key"] == (coder or self.coder)
            )
            found = code_rows.codings_of(connection, self.source["id"], coder_id)
        return [(self.text[row["start"] : row["end"]], self.codes[row["code_id"]]) for row in found]

    def words_of(self, number):
        return self.text[self.statements[number]["start"] : self.statements[number]["end"]]


def apply(page, query):
    page.keyboard.press("Enter")
    page.keyboard.type(query)
    page.keyboard.press("Enter")


def saved(page):
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")


def chips(page):
    return [text.removesuffix("×").split()[0] for text in page.locator(".rk-chip").all_text_contents()]


def select_words(page, words):
    """Drag the mouse over words that stand in one line of one statement."""
    box = page.evaluate(
        """async (words) => {
            const row = [...document.querySelectorAll('.rk-text')].find((each) => each.textContent.includes(words));
            row.scrollIntoView({block: 'center'});
            for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);  // sections come in sight
            const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const rects = range.getClientRects();
                const [first, last] = [rects[0], rects[rects.length - 1]];
                return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
            }
        }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 0.5, box[3], steps=4)
    page.mouse.up()
