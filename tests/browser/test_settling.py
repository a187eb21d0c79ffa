"""Settling the six differences of the demo in a real browser, with keys alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from survey_app.actions.adjudicating import settle
from survey_app.store import schema
from tests.browser.conftest import store_of
from tests.survey_app.comparisons import DIFFERENT, opened_demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def opened(server, slug="demo-en"):
    return opened_demo(store_of(server), slug)


def go(page, server, slug="demo-en", **query):
    """To where the differences of A and B are settled."""
    page.goto(server.page("comparison", study=slug, view="settle", **query) + "&coders=A&coders=B")
    expect(page.locator(".rk-set-text")).to_be_visible()
    page.locator(".rk-set-text").focus()


def saved(page):
    expect(page.locator(".rk-settle .rk-saved[data-waiting='0']")).to_be_visible()


def here_is(page, here):
    """The label of the statement that is shown."""
    found = re.search(r"S-\w\.\w+\.\d+", page.locator(".rk-set-where").inner_text())
    return found.group()


def test_six_differences_are_settled_by_keys_with_reasons(own_server, page):
    here = opened(own_server)
    before = here.layer("coder")
    go(page, own_server)
    expect(page.locator(".rk-settle .rk-progress")).to_have_text("0 of 6 settled")
    told = {row["statement_id"]: row for row in DIFFERENT}
    order = []
    for number in range(6):
        label = here_is(page, here)
        order.append(label)
        press(page, "1")  # A's, who is right throughout
        press(page, "Enter")
        page.keyboard.type(told[label]["reason_en"])
        press(page, "Enter")
        expect(page.locator(".rk-settle .rk-progress")).to_have_text(f"{number + 1} of 6 settled")
    expect(page.locator(".rk-set-notes")).to_have_text("Every difference here is settled.")
    saved(page)
    assert sorted(order) == sorted(told)
    assert here.decisions() == {label: ("decided", row["reason_en"]) for label, row in told.items()}
    for label, row in told.items():
        assert [code for code, *_place in here.adjudicated(label)] == sorted(
            code for code in row["codes_adjudicated"].split(";") if code
        )
    assert here.layer("coder") == before


def test_undo_mix_search_and_nothing(own_server, page):
    here = opened(own_server)
    go(page, own_server)
    first = here_is(page, here)
    press(page, "m")
    page.keyboard.type("s")  # letters find any other code, here one that nobody gave
    expect(page.get_by_role("combobox", name="Find a code")).to_be_focused()
    page.get_by_role("combobox", name="Find a code").fill("P07")
    press(page, "Enter", "Enter")
    page.keyboard.type("both")
    press(page, "Enter")
    saved(page)
    assert "prob.funding" in [code for code, *_place in here.adjudicated(first)] or here.adjudicated(first)
    assert here.decisions() == {first: ("decided", "both")}
    second = here_is(page, here)
    assert second != first
    press(page, "u")
    saved(page)
    expect(page.locator(".rk-set-where")).to_contain_text(first)
    assert here.decisions() == {}
    expect(page.locator(".rk-set-reason")).to_have_value("both")  # what was decided can be mended
    press(page, "0", "Enter", "Enter")
    saved(page)
    assert here.decisions() == {first: ("decided", "both")}
    assert here.adjudicated(first) == []


def test_a_case_becomes_an_anchor_example_with_one_key(own_server, page):
    here = opened(own_server)
    statement = here.ids["S-C.R3.05"]
    go(page, own_server, at=statement)
    expect(page.locator(".rk-set-where")).to_contain_text("S-C.R3.05")
    press(page, "1", "Enter")
    page.keyboard.type("Reluctance, not an idle tool.")
    press(page, "Escape", "x")
    expect(page.get_by_role("option", name=re.compile("P03"))).to_be_visible()
    press(page, "1")
    saved(page)
    code = next(
        row for row in here.table(schema.code).values()
        if (row["key"], row["study_id"]) == ("prob.unready", here.study_id)
    )  # fmt: skip
    assert code["example_en"].endswith("(Reluctance, not an idle tool.)")
    page.goto(own_server.page("desk", study="demo-en"))
    page.locator(".rk-row.is-here .rk-text").click()
    press(page, "Enter")
    page.get_by_role("combobox", name="Find a code").fill("P03")
    expect(page.locator(".rk-about")).to_contain_text("Reluctance, not an idle tool.")


def test_a_reload_keeps_place_and_what_was_begun(own_server, page):
    here = opened(own_server)
    go(page, own_server)
    press(page, "j", "j", "2", "Enter")
    page.keyboard.type("half a reas")
    place = here_is(page, here)
    page.reload()
    expect(page.locator(".rk-set-where")).to_contain_text(place)
    expect(page.locator(".rk-set-reason")).to_have_value("half a reas")
    expect(page.locator(".rk-set-proposal").nth(1)).to_have_attribute("aria-pressed", "true")
    assert here.decisions() == {}


def test_who_comes_second_reads_who_was_first(own_server, page):
    here = opened(own_server)
    go(page, own_server)
    first = here_is(page, here)
    settle(here.store, "B", here.study_id, here.ids[first], {}, "Nothing of it.")
    press(page, "1", "Enter")
    page.keyboard.type("mine")
    press(page, "Enter")
    expect(page.locator(".rk-set-notes")).to_contain_text("B has decided")
    assert here.decisions() == {first: ("decided", "Nothing of it.")}
    press(page, "k")
    expect(page.locator(".rk-set-decided")).to_contain_text("Nothing of it.")


def test_a_killed_server_loses_no_decision(own_server, page):
    here = opened(own_server)
    go(page, own_server)
    first = here_is(page, here)
    own_server.kill()
    press(page, "1", "Enter")
    page.keyboard.type("kept")
    press(page, "Enter")
    expect(page.locator(".rk-settle .rk-progress")).to_have_text("1 of 6 settled")
    expect(page.locator(".rk-settle .rk-saved")).to_contain_text("Not saved yet: 1")
    own_server.start()
    page.reload()
    saved(page)
    assert here.decisions() == {first: ("decided", "kept")}


def test_a_reason_is_written_on_while_streamlit_says_that_the_server_is_away(own_server, page):
    opened(own_server)
    go(page, own_server)
    page.evaluate(
        """() => {
            window.came = 0;
            const look = () => (window.came += Boolean(document.querySelector('[role=dialog]:not(.rk-settle *)')));
            new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
        }"""
    )
    press(page, "1", "Enter")
    page.keyboard.type("half a ")
    own_server.kill()
    page.wait_for_function("window.came && !document.querySelector('[role=dialog]:not(.rk-settle *)')")
    expect(page.locator(".rk-set-reason")).to_be_focused()
    page.keyboard.type("reason")
    expect(page.locator(".rk-set-reason")).to_have_value("half a reason")


def test_russian_keys_do_the_same(own_server, page):
    here = opened(own_server, "demo-ru")
    go(page, own_server, "demo-ru", lang="ru")
    first = here_is(page, here)
    page.locator(".rk-set-text").dispatch_event("keydown", {"key": "о", "code": "KeyJ"})
    assert here_is(page, here) != first
    page.locator(".rk-set-text").dispatch_event("keydown", {"key": "л", "code": "KeyK"})
    assert here_is(page, here) == first
    page.locator(".rk-set-text").dispatch_event("keydown", {"key": "ы", "code": "KeyS"})
    expect(page.locator(".rk-find")).to_have_value("ы")


def test_it_can_be_used_without_seeing(own_server, page):
    opened(own_server)
    go(page, own_server)
    press(page, "j")
    expect(page.locator(".rk-said")).to_contain_text("Difference 2 of 6")
    press(page, "?")
    found = Axe().run(page, context=".rk-settle").response["violations"]
    assert [(each["id"], [node["html"][:80] for node in each["nodes"]]) for each in found] == []
