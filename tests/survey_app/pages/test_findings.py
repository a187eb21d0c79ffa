"""Findings on the page: read in both languages, written from choices, and read alone by who may not write."""

import pytest

from coding.claims import AtLeast, FirstAmong, MoreIn
from survey_app import session
from survey_app.actions.findings import AGAINST, FOR, add_finding, findings_of
from survey_app.actions.studies import need_study
from survey_app.settings import settings
from survey_app.store import schema
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words


def cleared(store):
    """The English demo without a finding."""
    with store.writing() as connection:
        for table in (schema.finding_quote, schema.finding_sentence, schema.finding):
            connection.execute(table.delete())
    return need_study(store, "demo-en")


def field(app, kind, label):
    """The widget of a kind that is called so."""
    found = [one for one in getattr(app, kind) if one.label == label]
    assert found, [one.label for one in getattr(app, kind)]
    return found[0]


def choose(app, kind, label, value):
    field(app, kind, label).set_value(value)
    return sound(app.run())


def first(store, study, number=0):
    return findings_of(store, study["id"])[number].sentences[0]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demo_reads_its_findings_with_verdicts_and_both_sides(store, language):
    app = open_page("findings", f"demo-{language}", language)
    said = words(app)
    study = need_study(store, f"demo-{language}")
    found = findings_of(store, study["id"])
    assert [len(finding.sentences) for finding in found] == [2, 2]
    for finding in found:
        for one in finding.sentences:
            assert (one.text_ru if language == "ru" else one.text_en) in said
            for quote in one.quotes:
                assert quote.text in said
    apart, half = ("7 из 8", "10 из 20") if language == "ru" else ("7 of 8", "10 of 20")
    assert apart in said
    assert half in said
    assert (russian("Speaks against it") if language == "ru" else "Speaks against it") in said
    tables = [one.value for one in app.table]
    assert [len(table) for table in tables] == [30, 4, 24, 26]  # each with the count itself and coder C


def test_a_verdict_says_plainly_what_breaks(store):
    said = words(open_page("findings", "demo-en"))
    assert "Holds: 7 of 8 against 2 of 12. It holds in all 28 re-analyses." in said
    assert (
        "Holds: 10 of 20. It holds in 11 of 22 re-analyses; it breaks without any one of 10 experts, as coded by B."
        in said
    )
    assert "it breaks by statements, with S2 and without." in said


def test_nothing_yet_shows_an_example(store):
    cleared(store)
    said = words(open_page("findings", "demo-en"))
    assert "No findings yet" in said
    assert "For example" in said


def test_a_finding_is_written_from_choices(store):
    study = cleared(store)
    app = press(open_page("findings", "demo-en"), "New finding")
    field(app, "text_area", "In English").set_value("All local experts name skills.")
    field(app, "text_area", "In Russian").set_value("Все местные эксперты называют квалификацию.")
    choose(app, "selectbox", "The sentence claims", "at_least")
    assert button(app, "Add").disabled  # no code yet
    choose(app, "selectbox", "Code", "prob.skills")
    choose(app, "multiselect", "Among the experts of", ["loc"])
    choose(app, "number_input", "How many of 3", 3)
    assert "Holds: 3 of 3" in words(app)  # before it is kept
    press(app, "Add")
    one = first(store, study)
    assert one.claim == AtLeast("prob.skills", 3, 3, ("loc",))
    assert (one.text_en, one.text_ru) == (
        "All local experts name skills.",
        "Все местные эксперты называют квалификацию.",
    )
    press(app, "Undo")
    assert findings_of(store, study["id"]) == []


def test_a_half_stays_a_half_and_other_claims_are_chosen(store):
    study = cleared(store)
    add_finding(store, "A", study["id"], text_en="Half.", claim=AtLeast("prob.skills", 1, 2))
    app = press(open_page("findings", "demo-en"), "Edit")
    press(app, "Save")
    assert first(store, study).claim == AtLeast("prob.skills", 1, 2)
    choose(app, "selectbox", "The sentence claims", "first_among")
    press(app, "Save")
    assert first(store, study).claim == FirstAmong("prob.skills", "prob")
    choose(app, "selectbox", "The sentence claims", "more_in")
    choose(app, "multiselect", "More in", ["loc", "reg"])
    press(app, "Save")
    assert first(store, study).claim == MoreIn("prob.skills", ("reg", "loc"))
    choose(app, "selectbox", "The sentence claims", "")
    press(app, "Save")
    assert first(store, study).claim is None


def test_quotes_are_tied_on_either_side_and_untied(store):
    study = cleared(store)
    add_finding(store, "A", study["id"], text_en="One.", claim=MoreIn("prob.interagency", ("reg", "loc", "rmc")))
    app = press(open_page("findings", "demo-en"), "Edit")
    press(app, "For")
    choose(app, "selectbox", "Statements with the code", "")
    assert "S-B.F2.07" in words(app)  # the one of the twelve others
    press(app, "Against")
    tied = first(store, study).quotes
    assert sorted((quote.stance, quote.label) for quote in tied)[0] == (AGAINST, "S-B.F2.07")
    assert [quote.stance for quote in tied].count(FOR) == 1
    press(app, "Untie")
    assert len(first(store, study).quotes) == 1


def test_a_chart_is_tied_by_its_address(store):
    study = cleared(store)
    add_finding(store, "A", study["id"], text_en="One.")
    app = press(open_page("findings", "demo-en"), "Edit")
    choose(app, "text_input", "Address of the page", "https://example.org/elsewhere")
    press(app, "Tie it")
    assert any("no address of a page here" in one for one in problems(app))
    choose(app, "text_input", "Address of the page", "http://localhost:8501/dashboard?study=demo-en&codes=prob")
    press(app, "Tie it")
    assert first(store, study).views[0].query == (("codes", "prob"),)
    labels = [one.proto.label.replace("\\", "") for one in app.get("page_link")]
    assert "Dashboard: Problems (hindering factors)" in labels


def test_a_claim_about_what_is_gone_is_told_in_one_sentence(store):
    study = cleared(store)
    add_finding(store, "A", study["id"], text_en="One.", claim=AtLeast("prob.gone", 1, 2))
    app = open_page("findings", "demo-en")
    assert "no longer in the codebook" in words(app)
    press(app, "Edit")


def test_a_reader_reads_and_finds_no_way_to_write(team, monkeypatch):
    study, people = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    account = people["reader"][0].account
    monkeypatch.setattr(session, "account", lambda: {"id": account, "language": "en", "login": "r", "name": ""})
    app = open_page("findings", study["slug"])
    said = words(app)
    assert "10 of 20" in said
    assert "as coded by" not in said
    assert not [one for one in app.button if one.label in ("Edit", "New finding", "Add a sentence", "Undo")]


def test_a_coder_is_told_what_is_hidden(team, monkeypatch):
    study, people = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    account = people["coder"][0].account
    monkeypatch.setattr(session, "account", lambda: {"id": account, "language": "en", "login": "c", "name": ""})
    said = words(open_page("findings", study["slug"]))
    assert "hidden from you" in said
    for finding in findings_of(people["owner"][0], study["id"]):
        for one in finding.sentences:
            assert not [quote for quote in one.quotes if quote.text in said]
