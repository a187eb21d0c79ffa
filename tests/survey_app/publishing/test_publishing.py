"""To publish is an act: the gate is asked on the server, versions are numbered, consent counts as it stands today."""

import json

import pytest

from survey_app.actions import publishing
from survey_app.actions.deidentifying import decide_pseudonym
from survey_app.actions.findings import findings_to_release
from survey_app.actions.gate import PublishingRefused, gate
from survey_app.actions.people import set_consent
from survey_app.actions.publishing import publish
from survey_app.actions.quotes import QuoteProblem, cells_behind, decide_quote, quotable, release_undecided
from survey_app.actions.released_findings import release_findings
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.results import Layer
from survey_app.actions.review_queue import review_queue
from survey_app.actions.studies import create_study, delete_study, need_study
from survey_app.language import translate
from survey_app.publishing.folders import UnwritableRelease
from survey_app.publishing.names import names_within
from survey_app.settings import settings
from survey_app.store import experts, results
from transcripts.messages import MessageError

ADJUDICATED = Layer("adjudicated")
pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def quote_of(store, study, expert, decision="released"):
    return next(
        row for row in quotable(store, study, ADJUDICATED) if row["expert_id"] == expert and row["decision"] == decision
    )


def withdraw(store, study, expert):
    with store.reading() as connection:
        rows = {row["key"]: row["id"] for row in experts.experts(connection, study["id"])}
    set_consent(store, "A", study["id"], {rows[expert]: "no"})


def stored(store, study):
    with store.reading() as connection:
        return results.releases(connection, study["id"])


def test_the_demo_is_released_as_far_as_it_may_be(demo_store):
    study = need_study(demo_store, "demo-en")
    with demo_store.reading() as connection:
        names = experts.names(connection, study["id"])
    for row in quotable(demo_store, study, ADJUDICATED):
        fit = row["consent"] == "yes" and not names_within(row["said"], names)
        assert row["decision"] == ("released" if fit else ""), row["label"]


def test_a_quote_is_released_withheld_and_taken_back(store, study):
    row = quote_of(store, study, "L1")
    for decision in ("", "withheld", "released"):
        decide_quote(
            store, "A", study, row["statement_id"], decision, seen=cells_behind(store, study, row["statement_id"])
        )
        assert quote_of(store, study, "L1", decision)["statement_id"] is not None
        after = {each["statement_id"]: each["decision"] for each in quotable(store, study, ADJUDICATED)}
        assert after[row["statement_id"]] == decision


@pytest.mark.parametrize("expert", ["S1", "F1"])
def test_without_consent_a_quote_cannot_be_released(store, study, expert):
    row = quote_of(store, study, expert, "")
    with pytest.raises(QuoteProblem, match=f"Expert {expert} has not agreed"):
        decide_quote(store, "A", study, row["statement_id"], "released")
    assert quote_of(store, study, expert, "")["statement_id"] == row["statement_id"]


def test_a_quote_that_holds_a_name_cannot_be_released_until_a_label_stands_there(store, study):
    row = quote_of(store, study, "N1", "")
    assert "Elena" in row["said"]
    assert "Elena" not in row["text"]
    elena = next(card for card in review_queue(store, study["id"]) if "Elena" in card.written)
    decide_pseudonym(store, "A", study["id"], elena.pseudonym_id, "kept")
    with pytest.raises(QuoteProblem, match="A name of the roster stands in this quote: Elena"):
        decide_quote(store, "A", study, row["statement_id"], "released")
    decide_pseudonym(store, "A", study["id"], elena.pseudonym_id, "pseudonym")
    decide_quote(
        store, "A", study, row["statement_id"], "released", seen=cells_behind(store, study, row["statement_id"])
    )
    gone_out = {quote.statement_id: quote.text for quote in released_quotes(store, study, ADJUDICATED)}
    assert gone_out[row["statement_id"]] == row["text"]
    assert f"[Expert {elena.number}]" in row["text"]


def test_releasing_what_is_undecided_leaves_decisions_alone(store, study):
    row = quote_of(store, study, "L1")
    decide_quote(store, "A", study, row["statement_id"], "withheld")
    assert release_undecided(store, "A", study, ADJUDICATED) == 0
    assert quote_of(store, study, "L1", "withheld")["statement_id"] == row["statement_id"]


def test_a_quote_of_another_study_is_nobody_s_to_release(store, study):
    foreign = quotable(store, need_study(store, "demo-ru"), ADJUDICATED)[0]
    with pytest.raises(MessageError, match="no longer there"):
        decide_quote(store, "A", study, foreign["statement_id"], "withheld")


def test_the_gate_leaves_out_quotes_whose_experts_have_withdrawn(store, study):
    withdraw(store, study, "L1")
    report = gate(store, study, ["five_segments"])
    assert report.passed
    assert "released quotes are left out, because their experts no longer agree" in str(report.notices[0])


@pytest.mark.usefixtures("quickly")
def test_consent_is_asked_again_at_every_publication(store, study, data_folder):
    publish(store, "A", study)
    withdraw(store, study, "L1")
    folder = publish(store, "A", study)
    of_l1 = {quote.text for quote in released_quotes(store, study, ADJUDICATED) if quote.expert_id == "L1"}
    told = json.loads((folder / "release.json").read_text("utf-8"))
    assert of_l1
    assert not of_l1 & {quote["text"] for quote in told["quotes"]}
    assert (data_folder / "releases" / "demo-en" / "v1").is_dir()


@pytest.mark.usefixtures("quickly")
def test_consent_withdrawn_while_the_version_is_made_stops_it(store, study, data_folder, monkeypatch):
    take = publishing.take

    def slowly(*words, **given):
        withdraw(store, study, "L1")
        return take(*words, **given)

    monkeypatch.setattr(publishing, "take", slowly)
    with pytest.raises(PublishingRefused, match="withdrawn or changed while the version was being made"):
        publish(store, "A", study)
    assert stored(store, study) == []
    assert not (data_folder / "releases").exists()


@pytest.mark.usefixtures("quickly")
def test_versions_are_numbered_and_remembered_with_their_hash(store, study, data_folder):
    first, second = publish(store, "A", study), publish(store, "A", study, slug="panel")
    assert [first.parts[-2:], second.parts[-2:]] == [("demo-en", "v1"), ("panel", "v1")]
    assert publish(store, "A", study).name == "v2"
    rows = stored(store, study)
    assert {(row["slug"], row["version"]) for row in rows} == {("demo-en", 1), ("demo-en", 2), ("panel", 1)}
    assert all(len(row["manifest"]["hash"]) == 64 for row in rows)
    assert rows[0]["segmentation_key"] == "five_segments"
    assert (data_folder / "releases" / "demo-en" / "latest" / "index.html").is_file()


def test_a_shut_gate_publishes_nothing_and_gives_every_reason(store, study, data_folder):
    with pytest.raises(PublishingRefused) as refused:
        publish(store, "A", study, segmentation_keys=["by_group"])
    assert len(refused.value.reasons) == 4
    assert "“Federal authorities” has 2 experts" in str(refused.value)
    assert stored(store, study) == []
    assert not (data_folder / "releases").exists()


def test_an_empty_study_cannot_be_published(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    with pytest.raises(PublishingRefused, match="no experts yet"):
        publish(fresh_store, "A", study)


@pytest.mark.usefixtures("quickly")
def test_a_name_belongs_to_one_study(store, study):
    publish(store, "A", study, slug="panel")
    with pytest.raises(PublishingRefused, match="Another study is published under the name “panel”"):
        publish(store, "A", need_study(store, "demo-ru"), slug="panel")


@pytest.mark.usefixtures("quickly")
def test_the_name_of_a_study_that_was_deleted_is_not_taken_over(store, study):
    publish(store, "A", study, slug="panel")
    delete_study(store, study, study["slug"])
    with pytest.raises(PublishingRefused, match="was published by a study that is no longer here"):
        publish(store, "A", need_study(store, "demo-ru"), slug="panel")


@pytest.mark.usefixtures("quickly")
def test_a_folder_of_one_s_own_gets_the_next_free_version(store, study, tmp_path):
    (tmp_path / "out" / "demo-en" / "v4").mkdir(parents=True)
    assert publish(store, "A", study, folder=tmp_path / "out").name == "v5"
    assert stored(store, study)[0]["manifest"]["elsewhere"] == str(tmp_path / "out")


@pytest.mark.usefixtures("quickly")
def test_a_folder_that_cannot_be_written_leaves_no_version_behind(store, study, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UnwritableRelease, match="cannot be written"):
        publish(store, "A", study, folder=tmp_path / "taken")
    assert stored(store, study) == []


def test_a_bad_name_is_refused_before_anything_is_drawn(store, study):
    with pytest.raises(UnwritableRelease, match="cannot be a name in an address"):
        publish(store, "A", study, slug="../elsewhere")


def test_findings_enter_a_release_only_where_the_study_says_so_and_with_released_quotes_alone(store):
    study = need_study(store, "demo-en")
    assert findings_to_release(store, study) == []
    release_findings(store, "A", study["id"], wanted=True)
    first, second = findings_to_release(store, study)
    assert first["text_en"].startswith("Poor exchange between agencies is felt on every level")
    assert first["text_ru"].endswith("её называют все три их эксперта.")
    assert {stance: len(ids) for stance, ids in first["quotes"].items()} == {"for": 5, "against": 1}
    released = {quote.statement_id for quote in released_quotes(store, study, ADJUDICATED)}
    tied = set(second["quotes"]["for"])
    assert tied - released  # not everything that a finding rests on may go out


@pytest.mark.usefixtures("quickly")
def test_each_step_is_told_before_its_turn_and_what_breaks_off_at_the_last_leaves_nothing(store, study):
    told = []

    def tell(share, message):
        told.append((share, translate(message)))
        if share == 0.95:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        publish(store, "A", study, tell=tell)
    assert told == sorted(told)
    assert {words for _share, words in told} >= {
        "Drawing pages and charts: English", "Drawing pages and charts: Русский", "Writing the version"
    }  # fmt: skip
    assert stored(store, study) == []
    assert not (settings().releases_folder / "demo-en").exists()
    assert publish(store, "A", study).name == "v1"
