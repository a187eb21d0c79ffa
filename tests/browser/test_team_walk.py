"""A team from its first invitation to the report: two code blindly, the comparison is opened, they settle, it is told."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from survey_app.actions.bringing_in import recognise_path
from survey_app.actions.storing import bring_in_files
from survey_app.actions.studies import create_study
from survey_app.store import schema
from survey_app.store.log import Store, rows
from tests.browser.serving import Server
from tests.browser.test_signing_in import first_link, make_account, own_browser, shown_link
from tests.browser.walking import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TALK = """WEBVTT

1
00:00:01.000 --> 00:00:05.000
Moderator: What hinders digitalization in your office?

2
00:00:20.000 --> 00:00:25.000
Anna Orlova: We cannot find people who know how to work with data.

3
00:00:40.000 --> 00:00:45.000
Boris Utkin: The rules for sharing registers between agencies are missing.

4
00:01:00.000 --> 00:01:05.000
Vera Lugova: Citizens in villages have no stable connection at all.

5
00:01:20.000 --> 00:01:25.000
Denis Rybak: Nobody pays for the servers after the first year.
"""
FIRST, SECOND = ("P01", "P05", "P06", "P15"), ("P01", "P05", "P06", "P12")
"""What the two give the four statements: they differ on the last."""


@pytest.fixture
def team(blank_folder, tmp_path):
    """A server of a team with one study of one talk, and no account yet."""
    folder = tmp_path / "data"
    shutil.copytree(blank_folder, folder)
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    study = create_study(store, "A", title_en="Panel")
    file = tmp_path / "talk.vtt"
    file.write_text(TALK, "utf-8")
    bring_in_files(store, "A", study, [recognise_path(store, study["id"], file)])
    running = Server(folder, RAKURS_TEAM="1")
    running.start()
    yield running, store
    running.kill()


class Member(Visitor):
    """Somebody of the team, in a browser of their own."""

    def __init__(self, browser, server):
        super().__init__(own_browser(browser).new_page(), server)
        self.slug = "panel"
        self.received = []
        self.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: self.received.append(frame)))

    def invite(self):
        self.go("team", "Team")
        self.press("Make the link")
        expect(self.page.get_by_text("It is shown only now.")).to_be_visible()
        return shown_link(self.page)

    def pick(self, label, *options):
        """Choose in a box that takes several."""
        box = self.page.get_by_role("combobox", name=re.compile(f"{re.escape(label)}")).locator("visible=true").first
        box.click()
        for option in options:
            self.page.get_by_role("option", name=re.compile(option)).click()
        self.page.keyboard.press("Tab")  # closes the list; where it has closed by itself, Escape would empty the box
        expect(self.page.get_by_role("listbox")).to_have_count(0)
        for option in options:
            chosen = self.page.get_by_role("button", name=re.compile(f"Remove .*{option.removeprefix('^')}"))
            expect(chosen.first).to_be_visible()

    def code(self, codes):
        """Give the four statements these codes, one after the other, by keyboard alone."""
        self.go("desk", "Coding desk")
        paper = self.page.locator(".rk-desk").get_by_role("region")
        expect(paper).to_be_visible()
        expect(self.page.locator(".rk-chip")).to_have_count(0)
        paper.focus()
        for number, code in enumerate(codes):
            for key in ("n", "Enter") if number else ("Enter",):
                self.page.keyboard.press(key)
            self.page.get_by_role("combobox", name="Find a code").fill(code)
            self.page.keyboard.press("Enter")
        expect(self.page.locator(".rk-chip")).to_have_count(len(codes))
        expect(self.page.locator(".rk-saved[data-waiting='0']")).to_be_visible()

    def hand_in(self):
        self.press("Hand in")
        self.press(re.compile("^Hand in (now|nevertheless)$"))
        expect(self.page.get_by_text("The text was handed in.")).to_be_visible()

    def sees_nothing_to_compare(self):
        for path, title in (("comparison", "Comparison"), ("agreement", "Agreement")):
            self.go(path, title)
            expect(self.page.get_by_text("No comparison is open yet").first).to_be_visible()


def codings_of(store, key):
    """Ids of a coder's codings, as they would stand in what a browser receives."""
    with store.reading() as connection:
        coder = next(row for row in rows(connection, schema.coder.select()) if row["key"] == key)
        found = rows(connection, schema.coding.select().where(schema.coding.c.coder_id == coder["id"]))
    return [row["id"].encode() for row in found if row["layer"] == "coder"]


def test_from_the_invitation_to_the_report(browser, team):
    server, store = team
    owner, one, other = (Member(browser, server) for _each in range(3))
    make_account(owner.page, first_link(server), "Owner", "owner.person")
    expect(owner.heading("Studies")).to_be_visible()
    for member, name in ((one, "One"), (other, "Other")):
        make_account(member.page, owner.invite(), name, f"{name.lower()}.person")
        expect(member.page.get_by_text(f"{name} · coder")).to_be_visible()

    owner.go("assignments", "Assignments")
    owner.pick("Texts", "talk")
    owner.pick("Coders", "^B", "^C")
    owner.press("Give")
    expect(owner.page.get_by_text(re.compile("2 .*(given|assign)")).first).to_be_visible()

    one.code(FIRST)
    before = len(other.received)
    other.code(SECOND)
    seen = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in other.received[before:])
    assert not [each for each in codings_of(store, "B") if each in seen]
    one.hand_in()
    one.sees_nothing_to_compare()
    other.hand_in()
    other.sees_nothing_to_compare()

    owner.go("assignments", "Assignments")
    owner.pick("Texts to compare", "talk")
    owner.page.get_by_test_id("stButton").get_by_role("button", name="Open", exact=True).click()
    expect(owner.page.get_by_text("1 text can be compared now.")).to_be_visible()

    one.page.goto(server.page("comparison", study="panel", view="settle"))
    expect(one.page.locator(".rk-settle .rk-progress")).to_have_text("0 of 1 settled")
    one.page.locator(".rk-set-text").focus()
    for key in ("2", "Enter"):
        one.page.keyboard.press(key)
    one.page.keyboard.type("Money that is promised and not paid")
    one.page.keyboard.press("Enter")
    expect(one.page.locator(".rk-settle .rk-progress")).to_have_text("1 of 1 settled")
    expect(one.page.locator(".rk-settle .rk-saved[data-waiting='0']")).to_be_visible()
    with store.reading() as connection:
        (decision,) = rows(connection, schema.decision.select())
        (coding,) = rows(connection, schema.coding.select().where(schema.coding.c.layer == "adjudicated"))
    assert decision["reason"] == "Money that is promised and not paid"
    assert coding["coder_id"] == decision["coder_id"]
    assert len(codings_of(store, "B")) == len(codings_of(store, "C")) == 4

    owner.go("agreement", "Agreement")
    expect(owner.page.get_by_text("Coders B, C").first).to_be_visible()
    owner.press("Report for an article")
    with owner.page.expect_download() as taken:
        owner.press("HTML")
    report = taken.value.path().read_text("utf-8")
    assert "Krippendorff" in report
    assert "75" in report  # percent: three statements of four
    assert "Orlova" not in report
    assert "one.person" not in report
    for member in (owner, one, other):
        member.page.context.close()
