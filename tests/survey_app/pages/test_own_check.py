"""The page of the experts' own check, and where the rest of it stands: quotes, experts, published versions."""

import pytest

from survey_app.actions import own_check
from survey_app.actions.check_links import check_states
from survey_app.actions.expert_answers import is_required
from survey_app.actions.publishing import publish
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.reviewing import ask_second_signature
from survey_app.actions.rewordings import accept_rewording
from survey_app.actions.standing import standing_releases
from survey_app.actions.studies import need_study
from survey_app.actions.withdrawing import withdraw_statement
from survey_app.store.experts import taking_part
from tests.survey_app.actions.own_checks import ADJUDICATED, give_links, quote_row, say
from tests.survey_app.pages.opening import button, ended, open_page, press, problems, russian, sound, words

pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def test_links_are_made_and_shown_until_they_are_hidden(store, study):
    app = press(open_page("own_check", "demo-en"), "Make 20 links")
    lines = app.code[0].value.splitlines()
    assert len(lines) == 20
    link = next(line for line in lines if line.startswith("L1\t")).split("\t")[1]
    assert "/q/" in link
    assert len(own_check.look_up(store, link.rpartition("/")[2]).quotes) == 11
    app = press(app, "Hide the links")
    assert not app.code
    assert button(app, "Make 0 links").disabled


def test_links_are_replaced_only_after_a_tick_and_nobody_stays_chosen(store, study):
    give_links(store, study, "L1")
    app = open_page("own_check", "demo-en")
    app.radio(key="check-whom").set_value("chosen").run()
    app.multiselect(key="check-experts").set_value(["L1", "L2"]).run()
    assert button(app, "Make 2 links").disabled
    app.checkbox(key="check-again").check().run()
    app = press(app, "Make 2 links")
    assert len(app.code[0].value.splitlines()) == 2
    assert app.radio(key="check-whom").value == "missing"
    assert button(app, "Make 18 links")


def test_it_says_how_far_everybody_is_and_withdraws_links(store, study):
    links = give_links(store, study, "L1", "L2")
    say(store, links["L1"], "release")
    say(store, links["L2"], "withdraw", 0)
    app = open_page("own_check", "demo-en")
    assert "no link: 18 · answered in part: 1 · all answered: 1" in words(app).replace("*", "")
    table = app.dataframe[0].value.set_index("key")
    assert table.loc["L1", "answered"] == "11 of 11"
    assert table.loc["L2", "answered"] == "1 of 8"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_study_may_require_every_experts_word(store, study, language):
    app = open_page("own_check", "demo-en", language)
    label = "A quote goes out only with its expert's own word"
    box = next(one for one in app.checkbox if one.label == (russian(label) if language == "ru" else label))
    box.check()
    press(app, russian("Save") if language == "ru" else "Save")
    assert is_required(need_study(store, "demo-en"))


def test_other_words_are_accepted_beside_those_that_were_said(store, study):
    [one] = say(store, give_links(store, study, "L1")["L1"], "reword", 0, wording="We lack *staff*.")
    app = open_page("own_check", "demo-en")
    assert "We lack *staff*." in words(app)  # markup of theirs is none on the page
    press(app, "Accept these words")
    assert quote_row(store, study, one)["text"] == "We lack *staff*."
    press(open_page("own_check", "demo-en"), "Refuse")
    assert quote_row(store, study, one)["standing"].hindrance == "refused"


def test_what_could_identify_somebody_in_other_words_is_decided_before_they_are_accepted(store, study):
    with store.reading() as connection:
        name = next(row["name"] for row in taking_part(connection, study["id"]) if row["key"] == "L2")
    wording = f"As {name} said, the mayor knows."
    [one] = say(store, give_links(store, study, "L1")["L1"], "reword", 0, wording=wording)
    app = open_page("own_check", "demo-en")
    assert "This could tell who is meant" in words(app)
    assert button(app, "Accept these words").disabled
    named, mayor = (each for each in app.button_group if each.key and each.key.startswith(f"level-{one}"))
    assert len(named.options) == 1, "a name is never kept"
    sound(named.set_value("general").run())
    assert button(app, "Accept these words").disabled
    mayor = next(each for each in app.button_group if each.key == mayor.key)
    app = sound(mayor.set_value("kept").run())
    assert "As readers would see it" in words(app)
    press(app, "Accept these words")
    assert quote_row(store, study, one)["text"] == "As [an expert] said, the mayor knows."


@pytest.mark.parametrize("language", ["en", "ru"])
def test_other_words_wait_on_the_page_for_a_second_signature(store, study, language):
    ask_second_signature(store, "A", study["id"], True)
    [one] = say(store, give_links(store, study, "L1")["L1"], "reword", 0, wording="We lack staff.")
    accept_rewording(store, "Z", study, one, "We lack staff.")
    app = open_page("own_check", "demo-en", language)
    assert quote_row(store, study, one)["standing"].hindrance == "unsigned"
    sound(app.button(key=f"sign-{one}").click().run())
    assert quote_row(store, study, one)["text"] == "We lack staff."
    accept_rewording(store, quote_row(store, study, one)["standing"].answer.signed_by, study, one, "We lack staff.")
    assert open_page("own_check", "demo-en", language).button(key=f"sign-{one}").disabled


def test_a_withdrawal_that_was_written_down_is_taken_back_by_whoever_confirms_it(store, study):
    one = next(quote for quote in released_quotes(store, study, ADJUDICATED) if quote.expert_id == "L1").statement_id
    withdraw_statement(store, "A", study, one, republish=False)
    app = open_page("quotes", "demo-en")
    choice = next(each for each in app.button_group if each.key == "quotes-shown")
    app = sound(choice.set_value("withheld").run())
    assert app.button(key=f"take-back-{one}").disabled
    app.checkbox(key=f"mistaken-{one}").check().run()
    sound(app.button(key=f"take-back-{one}").click().run())
    assert one in {quote.statement_id for quote in released_quotes(store, study, ADJUDICATED)}


def test_the_page_of_publishing_says_how_many_links_are_unanswered(store, study):
    give_links(store, study, "L1")
    assert "1 expert has a personal link and has not yet answered about all their quotes; it was made on" in words(
        open_page("publish", "demo-en")
    )


def test_the_page_of_quotes_tells_what_experts_say_and_offers_no_way_around_it(store, study):
    [one] = say(store, give_links(store, study, "L1")["L1"], "withdraw", 0)
    app = open_page("quotes", "demo-en")
    choice = next(each for each in app.button_group if each.key == "quotes-shown")
    app = sound(choice.set_value("withheld").run())
    assert "Withdrawn by the expert" in words(app)
    assert not [each for each in app.button if each.key and one in each.key]


def test_a_quote_is_withdrawn_by_word_of_mouth_and_published_no_more(store, study):
    publish(store, "A", study)
    app = open_page("quotes", "demo-en")
    choice = next(each for each in app.button_group if each.key == "quotes-shown")
    app = sound(choice.set_value("released").run())
    found = next(each for each in app.button if each.label == "The expert has withdrawn it")
    statement = found.key.removeprefix("withdraw-")
    assert found.disabled
    app.checkbox(key=f"sure-{statement}").check().run()
    app = ended(app.button(key=found.key).click().run())
    others = [each for each in app.button if each.label == "The expert has withdrawn it"]
    assert others
    assert all(each.disabled for each in others)
    assert statement not in {quote.statement_id for quote in released_quotes(store, study, ADJUDICATED)}
    assert [row["version"] for row in standing_releases(store, study)] == [2]


def test_an_expert_is_withdrawn_only_by_whoever_has_read_what_that_means(store, study):
    app = open_page("people", "demo-en")
    app.selectbox(key="withdrawing").select("S2").run()
    assert app.button(key="withdraw-expert").disabled
    assert "The text itself, the log and copies that were made keep the words" in words(app)
    app.checkbox(key="sure-S2").check().run()
    sound(app.button(key="withdraw-expert").click().run())
    assert "S2" not in {state.expert_key for state in check_states(store, study["id"])}
    app = open_page("people", "demo-en")
    assert "withdrawn on" in words(app)
    press(app, "Take back the withdrawal")
    assert "S2" in {state.expert_key for state in check_states(store, study["id"])}


def test_what_stands_in_the_way_of_publishing_anew_stays_on_the_page(store, study):
    publish(store, "A", study)
    app = open_page("people", "demo-en")
    app.selectbox(key="withdrawing").select("L1").run()
    app.checkbox(key="sure-L1").check().run()
    app = ended(app.button(key="withdraw-expert").click().run())
    assert "“Local authorities” has 2 experts" in problems(app)[0]
    assert "1 older version is a notice now." in words(app)
    app = press(app, "Close this message")
    assert problems(app) == []


def test_a_publication_is_taken_down_on_its_page(store, study):
    publish(store, "A", study)
    app = open_page("publish", "demo-en")
    sound(app.button(key="take-down-demo-en").click().run())
    assert standing_releases(store, study) == []
    assert not [each for each in open_page("publish", "demo-en").button if each.key == "take-down-demo-en"]
