"""The questionnaire in the store: the demo's known answers, replacing it, taking it out, and what is refused."""

from statistics import mean

import pytest
from scipy.stats import spearmanr
from sqlalchemy import select

from coding.counts import presence
from survey_app.actions.form_links import use_form
from survey_app.actions.questionnaire import (
    QuestionnaireProblem,
    import_questionnaire,
    present_questionnaire,
    take_out_questionnaire,
)
from survey_app.actions.survey_files import read_survey
from survey_app.store import schema, studies
from survey_app.store.frames import load_frames
from survey_app.store.log import rows
from survey_app.store.undo import last_done, turn_back
from tests.coding.demo_study import EXPECTED
from tests.survey_app.form.forms import EVERYTHING
from tests.survey_app.questionnaires.forms import FORM, as_csv, code_an_answer, demo_form, study_with_roster
from transcripts.messages import MessageError


def frames_of(store, slug):
    with store.reading() as connection:
        return load_frames(connection, studies.by_slug(connection, slug)["id"])


def import_form(store, study, content=None, name=FORM):
    survey = read_survey(store, study, name, demo_form() if content is None else content)
    return import_questionnaire(store, "A", study, survey.items, survey.answers, survey.open_answers, file_name=name)


@pytest.fixture
def study(fresh_store):
    return study_with_roster(fresh_store)


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_the_demos_known_answers_stand_in_the_store(demo_store, slug):
    frames = frames_of(demo_store, slug)
    group = frames.experts.set_index("expert_id")["group_id"]
    said = frames.answers[~frames.answers["cannot_say"]]

    def values(item_id, *groups):
        rows = said[said["item_id"] == item_id]
        return [row.value for row in rows.itertuples() if not groups or group[row.expert_id] in groups]

    severity = EXPECTED["questionnaire"]["t2.c1.skills"]
    assert mean(values("t2.c1.skills", "loc")) == severity["by_group"]["loc"]["mean"] == 5.0
    assert mean(values("t2.c1.skills", "bus")) == severity["by_group"]["bus"]["mean"] == 2.0
    assert (len(values("t2.c1.skills")), round(mean(values("t2.c1.skills")), 4)) == (19, 3.4737)
    assert len(values("t2.c1.rights")) == 19
    assert (mean(values("t3.c1")), mean(values("t3.c2"))) == (2.1, 3.15)
    assert (mean(values("z.c1.share70", "fed")), mean(values("z.c1.share70", "loc"))) == (87.5, 40.0)
    assert (mean(values("z.c1.docflow", "corp")), mean(values("z.c1.docflow", "loc"))) == (87.5, 30.0)
    firsts = {name: values(f"t1.c2.{name}").count(1) for name in EXPECTED["principles_rank"]}
    assert firsts == {"life": 5, "human": 4, "client": 4, "window": 3, "coprod": 2, "default": 2}


def test_d17_talk_and_form(demo_store):
    frames = frames_of(demo_store, "demo-en")
    said = presence(frames)
    for code, known in EXPECTED["talk_vs_form"].items():
        rated = frames.answers[frames.answers["item_id"] == known["item"]].dropna(subset="value").set_index("expert_id")
        spoken = said.loc[rated.index, code]
        assert len(rated) == known["n"]
        assert round(float(spearmanr(rated["value"], spoken).statistic), 4) == known["spearman_rating_vs_mention"]
        assert set(rated.index[(rated["value"] >= 4) & ~spoken]) == set(known["rates_high(>=4)_but_silent"])
        assert set(rated.index[(rated["value"] <= 2) & spoken]) == set(known["says_but_rates_low(<=2)"])


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_what_was_said_in_sessions_stays_280(demo_store, slug):
    kinds = frames_of(demo_store, slug).statements["source_kind"].value_counts()
    assert (kinds["session"], kinds["answer"]) == (280, EXPECTED["open_answers"]["_all"])


def test_an_open_answer_is_a_statement_of_its_expert_and_question(fresh_store, study):
    import_form(fresh_store, study)
    statements = frames_of(fresh_store, "panel").statements
    assert set(statements["role"]) == {"expert"}
    counts = statements["question_id"].value_counts().to_dict()
    assert counts == {key: count for key, count in EXPECTED["open_answers"].items() if not key.startswith("_")}
    one = statements[(statements["expert_id"] == "R1") & (statements["question_id"] == "t1.o1")].iloc[0]
    assert one["text"] == "Parents have stopped ringing us about kindergartens."


def test_items_come_back_as_they_were(fresh_store, study):
    survey = read_survey(fresh_store, study, FORM, demo_form())
    stored = import_questionnaire(fresh_store, "A", study, survey.items, survey.answers, survey.open_answers)
    assert stored == len(survey.answers) + 98
    frames = frames_of(fresh_store, "panel")
    assert frames.items.to_dict("records") == survey.items.to_dict("records")


def test_an_item_measures_only_codes_of_the_study(fresh_store, study):
    with fresh_store.change(study["id"], "A", "rename") as change:
        code = rows(change.connection, select(schema.code).where(schema.code.c.key == "prob.skills"))[0]
        change.update(schema.code, code["id"], key="prob.staff")
    import_form(fresh_store, study)
    codes = frames_of(fresh_store, "panel").items.set_index("item_id")["code_id"]
    assert (codes["t2.c1.skills"], codes["t2.c1.low_ict"]) == ("", "prob.low_ict")


def test_a_second_import_replaces_the_first(fresh_store, study):
    import_form(fresh_store, study)
    import_form(fresh_store, study, as_csv(["id", "Why?"], ["L1", "Because."], ["C1", "Therefore."]), "second.csv")
    present = present_questionnaire(fresh_store, study["id"])
    assert (present.questions, present.experts, present.answers, present.open_answers) == (1, 2, 0, 2)
    assert present.file_name == "second.csv"


def test_the_questionnaire_can_be_taken_out_and_the_log_can_bring_it_back(fresh_store, study):
    import_form(fresh_store, study)
    before = present_questionnaire(fresh_store, study["id"])
    assert (before.questions, before.experts, before.open_answers, before.codings) == (16, 20, 98, 0)
    take_out_questionnaire(fresh_store, "A", study)
    assert present_questionnaire(fresh_store, study["id"]) is None
    assert frames_of(fresh_store, "panel").statements.empty
    with fresh_store.writing() as connection:
        turn_back(connection, last_done(connection, study["id"], "A", None, ["take_out_questionnaire"]), "A")
    assert present_questionnaire(fresh_store, study["id"]) == before


@pytest.mark.parametrize("act", [take_out_questionnaire, lambda store, _person, study: import_form(store, study)])
def test_answers_that_are_coded_stay(fresh_store, study, act):
    import_form(fresh_store, study)
    code_an_answer(fresh_store, study)
    with pytest.raises(QuestionnaireProblem, match="have codings"):
        act(fresh_store, "A", study)
    assert present_questionnaire(fresh_store, study["id"]).codings == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (as_csv(["id", "Why?"], ["L1", "So."], ["X9", "Thus."]), "Row 3: nobody on the roster is “X9”"),
        (as_csv(["id", "Why?"], ["L1", "So."], ["L1", "Thus."]), "Rows 2 and 3 are both of L1"),
        (as_csv(["Why?"], ["So."], ["Thus."]), "No column names the expert"),
        (as_csv(["id", "Why?"]), "a header and no answers"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b"\x89PNG\r\n", "not a table"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence_and_nothing_is_stored(fresh_store, study, content, says):
    import_form(fresh_store, study)
    before = present_questionnaire(fresh_store, study["id"])
    with pytest.raises(MessageError, match=says):
        import_form(fresh_store, study, content, "form.csv")
    assert present_questionnaire(fresh_store, study["id"]) == before


def test_answers_of_strangers_are_not_stored(fresh_store, study):
    survey = read_survey(fresh_store, study, FORM, demo_form())
    strange = survey.answers.assign(expert_id="X9")
    with pytest.raises(QuestionnaireProblem, match="not on the roster: X9"):
        import_questionnaire(fresh_store, "A", study, survey.items, strange, survey.open_answers)
    assert present_questionnaire(fresh_store, study["id"]) is None


@pytest.mark.parametrize("origin", ["form", "guide"])
def test_a_file_never_replaces_what_experts_fill_in_here(fresh_store, study, origin):
    use_form(fresh_store, "A", study, EVERYTHING, origin)
    survey = read_survey(fresh_store, study, "form.csv", as_csv(["id", "Why?"], ["L1", "So."], ["C1", "Thus."]))
    given = (fresh_store, "A", study, survey.items, survey.answers, survey.open_answers)
    before = present_questionnaire(fresh_store, study["id"])
    with pytest.raises(QuestionnaireProblem, match="a file cannot replace it"):
        import_questionnaire(*given)
    assert present_questionnaire(fresh_store, study["id"]) == before
    import_questionnaire(*given, adding=True)
    assert present_questionnaire(fresh_store, study["id"]).experts == 2
