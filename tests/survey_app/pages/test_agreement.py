"""The page of agreement, in both languages."""

import pytest

from coding.segments import ALL
from survey_app import session
from survey_app.actions.studies import create_study, need_study
from survey_app.components.agreement_codes import KEY
from survey_app.settings import settings
from tests.survey_app.agreements import opened
from tests.survey_app.pages.looks import as_tables
from tests.survey_app.pages.opening import open_page, russian, sound, words


def choose(app, key, value):
    return sound(next(one for one in app.multiselect if one.key.endswith(key)).set_value(value).run())


def part(app, name):
    """Press a part of the page."""
    control = next(one for one in app.button_group if one.key.startswith("agreement-part"))
    return sound(control.set_value(name).run())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_figures_of_the_demo(store, language):
    opened(store, f"demo-{language}")
    app = choose(open_page("agreement", f"demo-{language}", language), "-coders", ["A", "B"])
    assert app.title[0].value == ("Agreement" if language == "en" else russian("Agreement"))
    figures = [one.value for one in app.metric]
    assert figures == (
        ["97.9 %", "0.978", "0.978", "0.976"] if language == "en" else ["97,9 %", "0,978", "0,978", "0,976"]
    )
    table = next(one.value for one in as_tables(app).dataframe if len(one.value) == 43)
    assert table.iloc[0, 0].startswith("P03")
    assert table.iloc[0, 1] == ("0.662" if language == "en" else "0,662")
    assert "T03" in words(app)


def test_a_code_shows_what_pulls_it_down(store):
    opened(store)
    app = choose(open_page("agreement", "demo-en"), "-coders", ["A", "B"])
    app.session_state[f"{KEY}-picked"] = ("prob.unready", ALL)
    sound(app.run())
    said = words(app)
    assert "P03 Unreadiness to work in new conditions" in said
    assert "The tablet lies in his safe" in said
    assert "S-C.R3.05" in said
    counts = next(one.value for one in app.dataframe if one.value.shape == (2, 2))
    assert counts.to_numpy().tolist() == [[3, 3], [0, 274]]


def test_a_code_without_a_figure_says_why(store):
    opened(store)
    app = open_page("agreement", "demo-en")
    app.session_state[f"{KEY}-picked"] = ("targ.docflow", ALL)
    sound(app.run())
    assert "Not computable: No coder applied this code." in words(app)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_part_can_be_opened(store, language):
    opened(store, f"demo-{language}")
    app = open_page("agreement", f"demo-{language}", language)
    assert len(next(one.value for one in part(app, "pairs").dataframe)) == 3
    heads = len(app.metric)
    assert len(next(one.value for one in part(app, "groups").dataframe)) == 8
    assert len(next(one.value for one in part(app, "passages").dataframe)) == 43
    values = part(app, "attributes")
    told = "Modality, Level meant" if language == "en" else "Модальность, Уровень"
    assert told in words(values)  # only one coder gave values, so that nothing is compared
    assert len(values.metric) == heads


def test_what_is_closed_is_named_as_left_out(store):
    opened(store, keys=["S-A"])
    assert "Left out, since their comparison is not open to you: S-B, S-C" in words(open_page("agreement", "demo-en"))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.usefixtures("data_folder")
def test_before_the_opening_the_page_says_so_and_shows_nothing(language, unopened):
    app = open_page("agreement", f"demo-{language}", language)
    sentence = "No comparison is open yet. Coders see each other's work, and how far they agree, only then."
    assert (sentence if language == "en" else russian(sentence)) in words(app)
    assert not app.metric
    assert not app.dataframe


def test_an_empty_study_says_what_is_missing(fresh_store):
    create_study(fresh_store, "A", title_en="Panel")
    assert "No comparison is open yet" in words(open_page("agreement", "panel"))


def test_nothing_of_others_reaches_a_coder_before_the_opening(team, monkeypatch):
    study, people = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    account = people["coder"][0].account
    monkeypatch.setattr(session, "account", lambda: {"id": account, "name": "coder", "login": "coder"})
    app = open_page("agreement", need_study(people["owner"][0].acting(None), study["slug"])["slug"])
    assert "No comparison is open yet" in words(app)
    offered = [option for one in app.multiselect if one.key.endswith("-coders") for option in one.options]
    assert offered == []
    assert not app.dataframe
    settings.cache_clear()
