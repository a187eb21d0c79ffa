"""What the researcher has written goes out without names: in a release, in its address, and in the deposit package."""

import pytest

from survey_app.__main__ import main
from survey_app.actions.depositing import deposit
from survey_app.actions.gate import Own, PublishingRefused, gate
from survey_app.actions.publishing import publish
from survey_app.actions.studies import need_study
from survey_app.actions.study_card import CHOICE, study_card
from survey_app.publishing.study_card import Author, write_card
from survey_app.store import results, schema

NAMED = "Ask Viktor Zaozerny about registries"


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def write(store, study, table, words, column="label_en"):
    """Put words into the first row of a table of the study; returns the study as it is then."""
    with store.change(study["id"], "A", "write") as change:
        if table is schema.study:
            change.update(table, study["id"], **{column: words})
        else:
            row = change.connection.execute(table.select().where(table.c.study_id == study["id"])).first()
            change.update(table, row.id, **{column: words})
    return need_study(store, "demo-en")


@pytest.mark.parametrize(
    ("table", "column", "where"),
    [
        (schema.study, "title_en", "the title of the study"),
        (schema.code, "label_en", "the label of the code"),
        (schema.stakeholder_group, "short_ru", "the names of the group"),
        (schema.instrument, "title_en", "the title of the questionnaire"),
        (schema.item, "section", "the words of the questionnaire's item"),
    ],
)
def test_a_whole_name_in_words_that_readers_see_shuts_the_gate(store, study, table, column, where):
    study = write(store, study, table, NAMED, column)
    report = gate(store, study)
    assert not report.passed
    assert any(f"stands in {where}" in str(reason) and "Viktor Zaozerny" in str(reason) for reason in report.reasons)
    with pytest.raises(PublishingRefused, match="Viktor Zaozerny"):
        publish(store, "A", study, accepted_words=["viktor", "zaozerny"])


def test_answers_and_keys_are_read_too(store, study):
    with store.change(study["id"], "A", "write") as change:
        item = next(
            row
            for row in change.connection.execute(schema.item.select().where(schema.item.c.study_id == study["id"]))
            if row.scale
        )
        change.update(schema.item, item.id, scale=[*item.scale[:-1], item.scale[-1] | {"ru": "как Заозёрный Виктор"}])
        code = change.connection.execute(schema.code.select().where(schema.code.c.study_id == study["id"])).first()
        change.update(schema.code, code.id, key="proposal_of_viktor_zaozer")
    told = [str(reason) for reason in gate(store, study).reasons]
    assert any(f"the answers of the questionnaire's item “{item.key}”: Заозёрный Виктор" in each for each in told)
    assert any("the key of the code “proposal_of_viktor_zaozer” (merge it into a new code)" in each for each in told)


def test_the_name_in_the_address_is_judged_as_well(store, study, tmp_path):
    assert gate(store, study).passed
    assert not gate(store, study, own=Own(slug="viktor-zaozerny")).passed
    with pytest.raises(PublishingRefused, match="the name in the address"):
        publish(store, "A", study, slug="panel-vzaozerny", folder=tmp_path)
    assert gate(store, study, own=Own(slug="vera-panel")).doubtful == ("vera",)


def test_guide_and_questionnaire_are_judged_when_the_package_is_made(store, study):
    write(store, study, schema.question, NAMED, "ask_en")
    with pytest.raises(PublishingRefused, match=r"the file instrument/interview_guide\.yaml: Viktor Zaozerny"):
        deposit(store, study)
    write(store, study, schema.question, "Vera, and how much of it?", "ask_en")
    with pytest.raises(PublishingRefused, match="confirm that they name nobody") as refused:
        deposit(store, study)
    assert refused.value.doubtful == ("vera",)
    told = []
    assert deposit(store, study, accepted_words=["vera"], tell=told.append)[1] > 10
    assert any("confirmed to name nobody" in str(notice) for notice in told)


def test_a_word_is_confirmed_on_the_command_line_told_and_remembered(store, study, tmp_path, capsys):
    write(store, study, schema.study, "Vera in services", "title_en")
    assert main(["publish", "--study", "demo-en", "--to", str(tmp_path)]) == 2
    assert "“Vera” in the title of the study" in capsys.readouterr().err
    assert main(["publish", "--study", "demo-en", "--to", str(tmp_path), "--accept-words", "Vera"]) == 0
    said = capsys.readouterr()
    assert "confirmed to name nobody: “Vera” in the title of the study" in said.err
    assert "release:" in said.out
    with store.reading() as connection:
        (kept,) = results.releases(connection, study["id"])
    assert kept["manifest"]["accepted_words"] == ["Vera"]


def test_the_package_s_notices_are_told_on_the_command_line_too(store, study, tmp_path, capsys):
    write(store, study, schema.study, "Vera in services", "title_en")
    words = ["export", "--study", "demo-en", "--format", "deposit", "--to", str(tmp_path / "deposit.zip")]
    assert main(words) == 2
    assert "“Vera”" in capsys.readouterr().err
    assert main([*words, "--accept-words", "vera"]) == 0
    assert "confirmed to name nobody" in capsys.readouterr().err


def test_who_signs_the_study_may_be_named_on_its_card_and_an_expert_never(store, study):
    card = study_card(store, study["id"])
    with store.reading() as connection:
        choices = dict(connection.execute(schema.study.select().where(schema.study.c.id == study["id"])).one().choices)
    with store.change(study["id"], "A", "write") as change:
        signed = {
            **write_card(card),
            "authors": [write_card_author("Lisina", "Vera"), write_card_author("Zaozerny", "Viktor")],
        }
        signed["contact"] = "Vera Lisina, Viktor Zaozerny"
        change.update(schema.study, study["id"], choices=choices | {CHOICE: signed})
    (reason,) = gate(store, study).reasons
    assert "the study card: Viktor Zaozerny" in str(reason)


def write_card_author(family, given):
    return {name: getattr(Author(family, given), name) for name in Author.__slots__}
