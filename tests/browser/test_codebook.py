"""The codebook as a person rearranges it in a real browser: by keys, by hand, by merging, and back again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from survey_app.actions.studies import create_study
from survey_app.store import codes
from tests.browser.conftest import store_of
from tests.browser.walking import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Book:
    """The codebook of a study made for one test."""

    def __init__(self, server, page):
        self.store = store_of(server)
        self.study = create_study(self.store, "A", title_en="Codebook")
        self.page = page
        page.goto(server.page("codebook", study=self.study["slug"]))
        expect(self.item("P01")).to_be_visible()
        at_rest(page)

    def stored(self):
        with self.store.reading() as connection:
            return {row["short"]: row for row in codes.codes(connection, self.study["id"], archived=True)}

    def below(self, key):
        return [short for short, row in self.stored().items() if row["parent_key"] == key and not row["archived"]]

    def item(self, short):
        return self.page.locator(".rk-cb-item", has=self.page.get_by_text(short, exact=True))

    def shown(self):
        """Short names in the tree, from top to bottom."""
        return self.page.locator(".rk-cb-short").all_text_contents()

    def order(self, *shorts):
        """Wait until these stand one after the other in the tree."""
        self.page.wait_for_function(
            """(wanted) => {
                const seen = [...document.querySelectorAll('.rk-cb-short')].map((each) => each.textContent);
                const at = seen.indexOf(wanted[0]);
                return at >= 0 && wanted.every((short, index) => seen[at + index] === short);
            }""",
            arg=list(shorts),
        )

    def press(self, name):
        button = self.page.get_by_role("button", name=name, exact=True, disabled=False).locator("visible=true").first
        expect(button).to_be_visible()
        at_rest(self.page)
        button.click()

    def spell(self, letters):
        """Letters so quickly after one another that together they name a code, however slow the machine is."""
        self.page.evaluate(
            """(letters) => { for (const key of letters)
                document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })); }""",
            letters,
        )


def heading(page, text):
    expect(page.get_by_role("heading", name=text, level=2)).to_be_visible()


def test_a_code_is_moved_with_the_keyboard_alone(server, page):
    book = Book(server, page)
    book.item("P01").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(book.item("P03")).to_be_focused()
    heading(page, "P03")
    page.keyboard.press("Alt+ArrowUp")
    book.order("P01", "P03", "P02")
    expect(book.item("P03")).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(book.item("P03")).to_have_attribute("aria-level", "3")
    assert book.stored()["P03"]["parent_key"] == "prob.skills"
    page.keyboard.press("Alt+ArrowLeft")
    expect(book.item("P03")).to_have_attribute("aria-level", "2")
    assert book.below("prob")[:3] == ["P01", "P03", "P02"]
    book.spell("e04")
    expect(book.item("E04")).to_be_focused()
    page.evaluate("() => { const now = performance.now.bind(performance); performance.now = () => 1000 * now(); }")
    page.keyboard.press("F2")  # however long the code's page takes to come
    name = page.get_by_label("Name in English").locator("visible=true").last
    expect(name).to_be_focused()
    expect(name).to_have_value(book.stored()["E04"]["label_en"])


def test_a_code_is_dragged_to_another_place(server, page):
    book = Book(server, page)
    target = book.item("P02")
    book.item("P05").drag_to(target, target_position={"x": 120, "y": 2})
    book.order("P01", "P05", "P02", "P03")
    assert book.below("prob")[:4] == ["P01", "P05", "P02", "P03"]
    at_rest(page)  # the tree is drawn anew until then: what is dragged would be torn away
    box = target.bounding_box()
    target = book.item("P03")
    book.item("P06").drag_to(target, target_position={"x": 120, "y": box["height"] / 2})
    expect(book.item("P06")).to_have_attribute("aria-level", "3")
    assert book.stored()["P06"]["parent_key"] == "prob.unready"


def test_two_codes_are_merged_and_one_undo_brings_both_back(server, page):
    book = Book(server, page)
    book.item("P02").click()
    heading(page, "P02")
    book.press("Merge…")
    page.get_by_role("combobox", name="Merge into").locator("visible=true").click()
    page.get_by_role("option", name=book.stored()["P01"]["label_en"]).click()
    book.press("Merge")
    heading(page, "P01")
    expect(book.item("P02")).to_have_count(0)
    assert book.stored()["P02"]["merged_into_id"] == book.stored()["P01"]["id"]
    page.get_by_role("button", name="Show codes out of use (1)").click()
    expect(book.item("P02")).to_contain_text("out of use")
    book.press("Undo")
    expect(book.item("P02")).not_to_contain_text("out of use")
    assert book.stored()["P02"]["merged_into_id"] is None


def test_the_tree_is_sound_for_those_who_cannot_see_it(server, page):
    book = Book(server, page)
    book.press("Merge…")
    expect(page.get_by_role("combobox", name="Merge into")).to_be_visible()
    at_rest(page)
    broken = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:2]]) for one in broken] == []
