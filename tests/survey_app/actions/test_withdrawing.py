"""Whoever withdraws is in no release any more: what was published is made anew without them, older versions are notices."""

import html
import json
import re
import shutil
from io import BytesIO
from zipfile import ZipFile

import pytest

from survey_app.actions import own_check
from survey_app.actions.codebook import change_code
from survey_app.actions.depositing import deposit
from survey_app.actions.expert_answers import expert_answers
from survey_app.actions.form_links import form_in_use, link_states, make_links, use_form
from survey_app.actions.gate import gate
from survey_app.actions.publishing import publish
from survey_app.actions.quotes import QuoteProblem, cells_behind, decide_quote
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.results import frames_of
from survey_app.actions.rewordings import accept_rewording
from survey_app.actions.standing import quotes_taken_back, standing_releases
from survey_app.actions.studies import need_study
from survey_app.actions.withdrawing import (
    WithdrawalProblem,
    publish_anew,
    take_down,
    take_expert_back,
    withdraw_expert,
    withdraw_statement,
)
from survey_app.publishing.folders import withdrawn_in
from survey_app.settings import settings
from survey_app.store import experts, schema, undo
from survey_app.store.log import Gone
from tests.survey_app.actions.filled_forms import days, rows_of
from tests.survey_app.actions.own_checks import ADJUDICATED, give_links, say
from tests.survey_app.form.forms import EVERYTHING

pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def links(store, study):
    return give_links(store, study, "S2", "L1")


def release_of(path):
    return json.loads((path / "release.json").read_text("utf-8"))


def told_in(folder, texts):
    """Those of the texts that stand in a version, as data or as words on a page."""
    files = [file.read_text("utf-8") for file in sorted(folder.rglob("*")) if file.suffix in {".html", ".json"}]
    said = "".join(files) + html.unescape("".join(files))
    return {text for text in texts if text in said or json.dumps(text, ensure_ascii=False)[1:-1] in said}


def words_of(store, study, expert):
    return {quote.text for quote in released_quotes(store, study, ADJUDICATED) if quote.expert_id == expert}


# ------------------------------------------------------------------ an expert


def test_a_withdrawn_expert_is_in_no_version_that_readers_can_open(store, study, links):
    first = publish(store, "A", study)
    theirs = words_of(store, study, "S2")
    assert len(theirs) == 22
    assert told_in(first, theirs) == theirs
    done = withdraw_expert(store, "A", study, "S2")
    assert (len(done.made), done.withdrawn, done.problems) == (1, 1, [])
    made = release_of(done.made[0])
    assert (made["version"], made["segmentations"]) == (2, ["five_segments"])
    others = {quote.text for quote in released_quotes(store, study, ADJUDICATED)}
    for folder in (first, done.made[0], settings().releases_folder / "demo-en" / "latest"):
        assert told_in(folder, theirs - others) == set()
    assert not (first / "release.json").exists()
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]
    assert [row["version"] for row in standing_releases(store, study)] == [2]
    assert len(frames_of(store, study["id"]).experts) == 19


def test_links_of_a_withdrawn_expert_lead_nowhere_and_no_new_ones_are_made(store, study, links):
    use_form(store, "A", study, EVERYTHING, "form")
    person = next(state.expert_id for state in link_states(store, study["id"]) if state.expert_key == "S2")
    make_links(store, "A", study["id"], [person], days(7))
    withdraw_expert(store, "A", study, "S2")
    with pytest.raises(own_check.CheckClosed):
        own_check.look_up(store, links["S2"])
    [kept] = rows_of(store, schema.form_link)
    assert kept["withdrawn_at"]
    assert form_in_use(store, study["id"]) is not None
    assert "S2" not in {state.expert_key for state in link_states(store, study["id"])}


def test_a_withdrawal_is_taken_back_by_the_action_or_by_an_undo(store, study):
    before = frames_of(store, study["id"])
    withdraw_expert(store, "A", study, "S2")
    with store.writing() as connection:
        [done] = undo.still_done(connection, study["id"], ["withdraw_expert"])
        undo.turn_back(connection, done, "A")
    assert frames_of(store, study["id"]).statements.equals(before.statements)
    withdraw_expert(store, "A", study, "S2")
    take_expert_back(store, "A", study, "S2")
    assert frames_of(store, study["id"]).statements.equals(before.statements)


def test_where_the_gate_is_shut_only_notices_stay_and_a_sentence_says_why(store, study):
    publish(store, "A", study)
    done = withdraw_expert(store, "A", study, "L1")  # one of three of their segment
    assert (done.made, done.withdrawn) == ([], 1)
    assert "“Local authorities” has 2 experts; a published segment needs at least 3." in str(done.problems[0])
    assert standing_releases(store, study) == []
    assert withdrawn_in(settings().releases_folder, "demo-en") == [1]
    latest = (settings().releases_folder / "demo-en" / "latest" / "index.html").read_text("utf-8")
    assert "Part of what it showed may no longer be shown." in latest
    assert "L1" not in latest


def test_a_folder_elsewhere_is_made_anew_too_and_one_that_is_gone_is_named(store, study, tmp_path):
    publish(store, "A", study, folder=tmp_path / "site")
    done = withdraw_expert(store, "A", study, "S2")
    assert [folder.parent.parent for folder in done.made] == [tmp_path / "site"]
    assert withdrawn_in(tmp_path / "site", "demo-en") == [1]
    shutil.rmtree(tmp_path / "site")
    again = withdraw_expert(store, "A", study, "L1")
    assert again.made == []
    assert str(tmp_path / "site") in str(again.problems[0])


def test_nobody_of_the_study_and_nobodys_statement_cannot_be_withdrawn(store, study):
    with pytest.raises(WithdrawalProblem, match="Nobody of this study"):
        withdraw_expert(store, "A", study, "X9")
    moderated = next(row for row in frames_of(store, study["id"]).statements.to_dict("records")
                     if row["role"] == "moderator")  # fmt: skip
    with pytest.raises(WithdrawalProblem, match="No expert said this"):
        withdraw_statement(store, "A", study, moderated["statement_id"])
    other = need_study(store, "demo-ru")
    theirs = frames_of(store, other["id"]).statements["statement_id"].iloc[0]
    with pytest.raises(Gone):
        withdraw_statement(store, "A", study, theirs)
    assert rows_of(store, schema.check_answer) == []


def test_a_deposit_package_holds_no_words_of_a_withdrawn_expert_not_even_in_the_codebook(store, study):
    text = next(iter(words_of(store, study, "S2")))
    code = next(row for row in rows_of(store, schema.code) if row["study_id"] == study["id"] and row["parent_id"])
    change_code(store, "A", study["id"], code["id"], example_en=text)
    withdraw_expert(store, "A", study, "S2")
    package, _files = deposit(store, study)
    with ZipFile(BytesIO(package)) as archive:
        for name in archive.namelist():
            assert text.encode() not in archive.read(name), name


# ------------------------------------------------------------------ a statement, a publication


def test_a_withdrawn_statement_is_published_no_more(store, study):
    publish(store, "A", study)
    quote = next(each for each in released_quotes(store, study, ADJUDICATED) if each.expert_id == "L1")
    done = withdraw_statement(store, "A", study, quote.statement_id)
    assert (len(done.made), done.withdrawn) == (1, 1)
    assert quote.text not in {each["text"] for each in release_of(done.made[0])["quotes"]}
    assert len(release_of(done.made[0])["quotes"]) > 100
    with store.reading() as connection:
        assert expert_answers(connection, study["id"])[quote.statement_id].person == "A"
    with pytest.raises(QuoteProblem, match="has withdrawn this quote"):
        decide_quote(
            store, "A", study, quote.statement_id, "released", seen=cells_behind(store, study, quote.statement_id)
        )
    newer = give_links(store, study, "L1")["L1"]
    place = [each.statement_id for each in own_check.look_up(store, newer).quotes].index(quote.statement_id)
    say(store, newer, "release", place)
    assert quote.text in words_of(store, study, "L1")


def test_publishing_anew_is_no_publication_of_which_experts_are_told(store, study, links):
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE check_link SET created_at = '2024-01-01T00:00:00+00:00'")
    publish(store, "A", study)
    assert own_check.look_up(store, links["L1"]).published_at
    newer = give_links(store, study, "L1")
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE release SET created_at = '2024-01-02T00:00:00+00:00'")
        connection.exec_driver_sql("UPDATE check_link SET created_at = '2024-01-03T00:00:00+00:00'")
    withdraw_expert(store, "A", study, "S2")
    assert not own_check.look_up(store, newer["L1"]).published_at


def test_it_is_told_that_a_version_shows_what_was_withdrawn_since(store, study, links):
    assert quotes_taken_back(store, study) == 0
    publish(store, "A", study)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE release SET created_at = '2024-01-02T00:00:00+00:00'")
    say(store, links["L1"], "withdraw", 0)
    say(store, links["L1"], "release", 1)
    assert quotes_taken_back(store, study) == 1
    done = publish_anew(store, "A", study)
    assert len(done.made) == 1


def test_a_publication_is_taken_down_with_its_newest_version(store, study):
    publish(store, "A", study)
    publish(store, "A", study)
    assert take_down(store, "A", study, "demo-en", reason_en="By mistake.", reason_ru="По ошибке.") == 2
    folder = settings().releases_folder
    assert withdrawn_in(folder, "demo-en") == [1, 2]
    assert "By mistake." in (folder / "demo-en" / "latest" / "index.html").read_text("utf-8")
    assert standing_releases(store, study) == []
    assert publish(store, "A", study).name == "v3"


def test_a_reason_that_readers_see_names_nobody(store, study):
    publish(store, "A", study)
    with store.reading() as connection:
        name = next(row["name"] for row in experts.taking_part(connection, study["id"]) if row["key"] == "L2")
    for reason in (
        {"reason_en": f"{name} asked us."}, {"reason_ru": f"Просьба {name}."}, {"reason_en": "Ask head@example.org."},
    ):  # fmt: skip
        with pytest.raises(WithdrawalProblem, match="nothing was taken down"):
            take_down(store, "A", study, "demo-en", **reason)
    assert [row["version"] for row in standing_releases(store, study)] == [1]
    take_down(store, "A", study, "demo-en", reason_en="An \u202eerror\u202c\x00, see https://example.org.")
    page = (settings().releases_folder / "demo-en" / "v1" / "index.html").read_text("utf-8")
    assert "An error, see https://example.org." in page


def test_an_expert_who_opens_a_link_after_a_publication_is_heard(store, study, links):
    told = [str(each) for each in gate(store, study).notices]
    assert any(
        each.startswith("2 experts have personal links and have not yet answered about all their quotes")
        for each in told
    )
    first = publish(store, "A", study)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE check_link SET created_at = '2024-01-01T00:00:00+00:00'")
        connection.exec_driver_sql("UPDATE release SET created_at = '2024-01-02T00:00:00+00:00'")
    check = own_check.look_up(store, links["L1"])
    assert check.published_at
    assert check.quotes[0].text in {each["text"] for each in release_of(first)["quotes"]}
    say(store, links["L1"], "withdraw", 0)
    say(store, links["L1"], "reword", 1, wording="Otherwise.")
    assert quotes_taken_back(store, study) == 2
    [made] = publish_anew(store, "A", study).made
    told = {each["text"] for each in release_of(made)["quotes"]}
    assert not {quote.text for quote in check.quotes[:2]} & told
    say(store, links["S2"], "release")
    assert not any("personal link" in str(each) and each.template.startswith("{count} experts")
                   for each in gate(store, study).notices)  # fmt: skip


def test_taking_down_a_name_of_another_study_does_nothing(store, study):
    publish(store, "A", need_study(store, "demo-ru"))
    assert take_down(store, "A", study, "demo-ru") == 0
    assert withdrawn_in(settings().releases_folder, "demo-ru") == []


def test_readers_are_told_which_words_an_expert_has_worded(store, study, links):
    [one] = say(store, links["L1"], "reword", 0, wording="We lack trained staff.")
    accept_rewording(store, "A", study, one, "We lack trained staff.")
    made = publish(store, "A", study)
    [quote] = [each for each in release_of(made)["quotes"] if each["own_words"]]
    assert quote["text"] == "We lack trained staff."
    shown = " ".join(re.sub(r"<[^>]+>", " ", (made / "index.html").read_text("utf-8")).split())
    assert re.search(r"We lack trained staff\. Local authorities, worded by the expert", shown)
