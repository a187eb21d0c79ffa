"""The comparison on the page: what is open is compared, a link leads to the same choice, and what differs is settled."""

import pytest

from survey_app import session
from survey_app.actions.adjudicating import settle
from survey_app.actions.comparing import compare
from survey_app.actions.settling import take_steps
from survey_app.components.comparison import Chosen
from survey_app.components.settling import Table, answer
from survey_app.components.settling.papers import lay_out
from survey_app.store import schema, studies
from tests.survey_app.comparisons import DIFFERENT, opened_demo
from tests.survey_app.pages.opening import button, follow, open_page, press, russian, sound, words


@pytest.fixture
def here(store):
    return opened_demo(store)


def texts_of(here, labels):
    found = here.table(schema.source)
    rows = here.table(schema.statement)
    spans = [rows[here.ids[label]] for label in labels]
    return [found[row["source_id"]]["text"][row["start"] : row["end"]] for row in spans]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_shown_before_the_opening(unopened, language):
    app = open_page("comparison", f"demo-{language}", language)
    said = words(app)
    assert russian("No comparison is open yet") in said if language == "ru" else "No comparison is open yet" in said
    assert not [one for one in app.button if "settle" in (one.key or "")]
    assert "P01" not in said


def test_differences_come_first_with_who_said_them(here):
    app = open_page("comparison", "demo-en", coders=["A", "B"])
    said = words(app)
    assert "0 of 6 differences settled" in said
    first = [one.value.replace("\\", "") for one in app.markdown if "S\\-" in one.value][:6]
    assert len(first) == 6
    found = texts_of(here, [row["statement_id"] for row in DIFFERENT])
    assert sorted(" ".join(text.split()) for text in found) == sorted(one.split("  \n")[0] for one in first)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kind": "missed"}, 2), ({"kind": "extra"}, 2), ({"kind": "other_code"}, 2), ({"kind": "other_span"}, 0),
        ({"code": "prob.unready"}, 6), ({"code": "prob.unready", "kind": "missed"}, 1), ({"settled": "waiting"}, 6),
        ({"settled": "settled"}, 0), ({"texts": "S-C"}, 70), ({"texts": "D-1"}, 31), ({"reference": "B", "kind": "extra"}, 2),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_same_choice(here, query, count):
    app = open_page("comparison", "demo-en", coders=["A", "B"], **query)
    assert f"{count} statement" in " ".join(one.value for one in app.caption)
    for name, value in query.items():
        assert app.query_params[name] == value


def test_a_link_leaves_nothing_of_what_was_chosen_before_and_choices_stay_otherwise(here):
    app = open_page("comparison", "demo-en", coders=["A", "B"])

    def choose(name, value):
        next(one for one in app.selectbox if one.key == f"choice of {name}").set_value(value).run()

    def listed():
        return next(one.value.split(" ·")[0] for one in app.caption if "statement" in one.value)

    choose("kind", "missed")
    choose("code", "prob.unready")
    assert listed() == "1 statement"
    assert app.query_params["kind"] == "missed"
    follow(app, "comparison")
    assert listed() == "1 statement"
    follow(app, "comparison", code="prob.unready")
    assert listed() == "6 statements"
    assert "kind" not in app.query_params
    choose("kind", "missed")
    assert listed() == "1 statement"


def test_what_is_settled_says_by_whom_and_why(here):
    settle(here.store, "B", here.study_id, here.ids["S-C.R3.05"], {"prob.unready": "A"}, "It is *fear* <b>.")
    app = open_page("comparison", "demo-en", coders=["A", "B"], settled="settled")
    assert "1 of 6 differences settled" in words(app)
    assert "B · It is *fear* <b>." in words(app)
    app = open_page("comparison", "demo-en", coders=["A", "B"])
    assert "brought in, without a reason" in words(app)


def test_what_all_agree_on_is_taken_over_with_one_press(here):
    app = open_page("comparison", "demo-en", coders=["A", "B"])
    app = press(app, "Take over 78 statements")
    assert len(here.decisions()) == 78
    with pytest.raises(AssertionError):
        button(app, "Take over")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_matrix_of_confusions_leads_to_its_statements(store, language):
    here = opened_demo(store, f"demo-{language}")
    app = open_page("comparison", f"demo-{language}", language, view="confusions", coders=["A", "B"])
    assert "P03" in words(app)
    app.session_state["confusions-A-B-picked"] = ("prob.unready", "prob.low_ict")
    said = words(sound(app.run()))
    for text in texts_of(here, ["S-C.R3.05", "S-C.U2.04"]):
        assert " ".join(text.split()) in said


def test_a_statement_leads_to_where_it_is_settled(here):
    app = open_page("comparison", "demo-en", coders=["A", "B"])
    one = next(one for one in app.button if one.key and one.key.startswith("settle-list"))
    app = sound(one.click().run())
    assert app.query_params["view"] == "settle"
    assert app.query_params["at"] == one.key.removeprefix("settle-list-")


def table_of(here, person="A", coders=("A", "B")):
    """What lies before somebody who settles, as the page lays it out."""
    found = compare(here.store, here.study_id, here.sources, list(coders))
    with here.store.reading() as connection:
        coder = next(row for row in studies.coders(connection, here.study_id) if row["key"] == person)
    items = found.rows[~found.rows["agree"]]["statement_id"].tolist()
    chosen = Chosen(found, "A", tuple(coders), {key: key for key in coders})
    statements = found.frames.statements[found.frames.statements["statement_id"].isin(items)]
    return Table(here.study_id, person, lay_out(here.store, here.study, coder, chosen, items), statements)


def test_the_statements_travel_once_and_every_step_is_answered(here):
    table = table_of(here)
    first = answer(here.store, table, None)
    assert first["doc"]["items"] == list(first["doc"]["given"])
    assert len(first["doc"]["items"]) == 6
    statement = here.ids["S-C.R3.05"]
    assert first["doc"]["given"][statement] == {"A": ["prob.unready"], "B": ["prob.low_ict"]}
    step = {"client": "tab", "seq": 1, "do": "settle", "statement": statement, "codes": {"prob.unready": "A"},
            "reason": "why", "decision": "0f0f0f0f-0000-4000-8000-000000000000"}  # fmt: skip
    said = answer(here.store, table, {"have": first["hash"], "out": [step, {"client": "tab", "seq": 2}], "n": "tab:1"})
    assert said["doc"] is None
    assert said["heard"] == "tab:1"
    assert said["done"] == [("tab", 1), ("tab", 2)]
    assert [one["seq"] for one in said["refused"]] == [2]
    assert said["decisions"] == {
        statement: {
            "id": step["decision"], "who": "A", "reason": "why", "how": "decided", "codes": ["prob.unready"],
        }
    }  # fmt: skip


def test_what_travels_holds_nothing_of_a_closed_text(here):
    with here.store.change(here.study_id, "A", "close") as change:
        opened = here.table(schema.opening).values()
        change.delete(schema.opening, [row["id"] for row in opened if row["source_id"] == here.sources[0]])
    table = table_of(here)
    rows = here.table(schema.statement)
    assert {rows[key]["source_id"] for key in table.papers.doc["statements"]} <= set(here.sources[1:])
    assert len(table.papers.doc["items"]) == 3


def test_nobody_settles_for_another(team):
    from survey_app.actions.rights import NotPermitted

    study, people = team
    with pytest.raises(NotPermitted):
        take_steps(people["coder"][0], "A", study["id"], [])
    assert session.alone()
