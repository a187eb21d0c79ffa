"""A person's steps through the application, as they are seen: labels, buttons, files."""

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.serving import Server

PATIENCE_MS = 120_000
WORK_MS = 600_000
"""How long a worker may take, which loads a model first."""
DIALOG_CAME_AND_WENT = """() => addEventListener("focusin", ({ target }) => {
    window.isCutOff = target.closest(".rk-desk") ? window.isCutOff && "said" : "saying";
})"""


def at_rest(page: Page) -> None:
    """Until no script runs. Right after a click none runs yet: first wait for what only the answer shows."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()


def drawn(page: Page) -> None:
    """Until the page is at rest and everything on it has come, tables and pictures too."""
    at_rest(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def cut_off(server: Server, page: Page) -> None:
    """Kill the server of a desk, and wait until Streamlit has said so in its dialog, which takes the keyboard until the
    desk has closed it: keys pressed in that moment reach nobody."""
    page.evaluate(DIALOG_CAME_AND_WENT)
    server.kill()
    page.wait_for_function("window.isCutOff === 'said'")


class Visitor:
    """Somebody with a browser, at one study."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.slug = ""

    def create_study(self, title: str) -> None:
        """From the list of studies to the home of a new one."""
        self.page.goto(self.server.url)
        form = self.page.get_by_test_id("stForm").filter(has=self.page.get_by_role("button", name="Create study"))
        summary = self.page.get_by_text("New study", exact=True)
        expect(summary.or_(form).first).to_be_visible()
        at_rest(self.page)  # where no study is, the section is open: what is in it comes after its title
        if not form.is_visible():
            summary.click()
        # Enter, not a click: the button still moves while the section unfolds, and a click on its way is lost.
        form.get_by_label("Title in English").fill(title)
        form.get_by_label("Title in English").press("Enter")
        expect(self.heading(title)).to_be_visible()
        expect(self.page).to_have_url(re.compile(r"study=[\w-]+"))
        self.slug = re.findall(r"study=([\w-]+)", self.page.url)[0]

    def go(self, path: str, title: str) -> None:
        """Open a page of the study by its address."""
        self.page.goto(self.server.page(path, study=self.slug))
        expect(self.heading(title)).to_be_visible()

    def bring(self, files: Sequence[Path]) -> None:
        """Drop files at once, see what was recognised, store them."""
        self.go("files", "Transcripts")
        self.page.locator("input[type=file]").set_input_files([str(file) for file in files])
        self.press(re.compile(rf"^Store {len(files)} files?$"))
        expect(self.page.get_by_text(re.compile(rf"{len(files)} files? (was|were) stored"))).to_be_visible()

    def import_roster(self, file: Path) -> None:
        """Map the columns as proposed and import everybody."""
        self.go("people", "Experts")
        self.page.get_by_role("tab", name="Import a roster").click()
        self.page.locator("input[type=file]").first.set_input_files(str(file))
        self.press(re.compile(r"^Import \d+ experts$"))
        expect(self.page.get_by_text(re.compile(r"\d+ experts were imported"))).to_be_visible()

    def confirm_names(self) -> None:
        """Accept every proposal of who is who."""
        self.go("people", "Experts")
        self.press(re.compile(r"^Confirm \d+ names$"))
        expect(self.page.get_by_text("Saved.")).to_be_visible()

    def everybody_consents(self) -> None:
        """Write down that all experts may be quoted."""
        self.go("people", "Experts")
        self.page.get_by_role("tab", name="Experts and consent").click()
        self.press("Everybody has consented")
        self.press(re.compile(r"^Set \d+ experts to “yes”$"))
        expect(self.page.get_by_text("Saved.")).to_be_visible()

    def import_questionnaire(self, file: Path) -> None:
        """Accept what is proposed of columns and respondents, and store."""
        self.go("questionnaire", "Questionnaire")
        self.page.locator("input[type=file]").set_input_files(str(file))
        self.press("Store the questionnaire")
        expect(self.page.get_by_text(re.compile(r"\d+ experts answered")).first).to_be_visible()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Click a button once it can be clicked and the page is at rest."""
        button = self.page.get_by_role("button", name=name, disabled=False).locator("visible=true").first
        expect(button).to_be_visible()
        at_rest(self.page)
        button.click()

    def tick(self, words: str) -> None:
        """Put the first tick of this name. What opens by itself moves it, and a click upon what moves may reach nobody:
        as a person does, look whether the tick is there, and click once more where it is not."""
        box = self.page.get_by_role("checkbox", name=words).first
        for _attempt in range(3):
            self.page.get_by_text(words).first.click()
            try:
                expect(box).to_be_checked(timeout=10_000)
            except AssertionError:
                continue
            return
        expect(box).to_be_checked()

    def heading(self, title: str) -> Locator:
        """The title of a page."""
        return self.page.get_by_role("heading", name=title, level=1)

    def choose(self, label: str, option: str) -> None:
        """Pick an option of a selection box."""
        at_rest(self.page)
        self.page.get_by_role("combobox", name=re.compile(f"{re.escape(label)}")).locator("visible=true").first.click()
        self.page.get_by_role("option", name=option).click()

    def code_statements(self, codes: Sequence[str], past: int) -> None:
        """On the desk, `past` so many statements, give one after the other one of the codes, by keyboard alone."""
        self.go("desk", "Coding desk")
        paper = self.page.locator(".rk-desk").get_by_role("region")
        expect(paper).to_be_visible()
        paper.focus()
        for _step in range(past):
            self.page.keyboard.press("ArrowDown")
        for code in codes:
            self.page.keyboard.press("n")
            self.page.keyboard.press("Enter")
            self.page.get_by_role("combobox", name="Find a code").fill(code)
            self.page.keyboard.press("Enter")
        expect(self.page.locator(".rk-saved[data-waiting='0']")).to_be_visible()

    def find_topics(self) -> None:
        """Run the model in the worker and wait for what it found."""
        self.go("topics", "Topics")
        self.press("Find topics")
        expect(self.page.get_by_text("Representative statements").first).to_be_visible(timeout=WORK_MS)

    def replace_names(self) -> None:
        """Look through the texts, decide as suggested, finish the reviews."""
        self.go("deidentify", "De-identification")
        self.press("Look through")
        expect(self.page.get_by_role("button", name=re.compile("Decide on"))).to_be_visible(timeout=WORK_MS)
        self.press(re.compile(r"Decide on \d+ at once"))
        self.press(re.compile("^Decide$"))
        expect(self.page.get_by_text("Nothing waits here that fits these choices.")).to_be_visible()
        self.page.get_by_role("radio", name="Texts", exact=True).click()
        expect(self.page.get_by_text("being decided").first).to_be_visible()
        self.press(re.compile(r"^(done_all |check )?Finish (the|\d+) reviews?$"))
        expect(self.page.get_by_text("being decided")).to_have_count(0)

    def release_quotes(self, count: int) -> None:
        """Release the first quotes that may go out, one by one."""
        self.go("quotes", "Quotes")
        for released in range(1, count + 1):
            button = self.page.get_by_role("button", name=re.compile("^(check )?Release$")).first
            expect(button).to_be_visible()
            at_rest(self.page)
            if button.is_disabled():  # few say so: what that gives away is looked at first
                self.tick("I have seen this, and the quote may go out")
                expect(button).to_be_enabled()
            button.click()
            expect(self.page.get_by_text(re.compile(rf"\b{released} released"))).to_be_visible()

    def publish(self, segments: str) -> str:
        """Freeze a version with these segments; returns the address of the page."""
        self.go("publish", "Publish")
        box = self.page.get_by_role("combobox", name=re.compile("Groupings that readers may choose from"))
        box.locator("visible=true").first.click()
        self.page.get_by_role("option", name=segments).click()
        self.page.keyboard.press("Tab")  # closes the list; where it has closed by itself, Escape would empty the box
        chosen = self.page.get_by_role("button", name=re.compile("^Remove "))
        expect(chosen.filter(visible=True)).to_have_count(2)  # the one that a study begins with stands first
        at_rest(self.page)
        chosen.first.click()
        expect(chosen).to_have_count(1)
        self.press("Publish a new version")
        expect(self.page.get_by_text("was published.")).to_be_visible(timeout=WORK_MS)
        opened = self.page.get_by_role("link", name="Open").first
        expect(opened).to_be_visible()
        return f"{self.server.url}{opened.get_attribute('href')}"
