"""What experts had withdrawn before stays so, and what was accepted without a look is accepted anew."""

from sqlalchemy import select

from survey_app.actions.expert_answers import expert_answers
from survey_app.actions.rewordings import accept_rewording
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.log import rows
from survey_app.store.migrate import migrate
from tests.survey_app.actions.own_checks import give_links, quote_row, say
from tests.survey_app.store.test_questionnaires_migrated import back


def test_earlier_answers_get_places_and_earlier_acceptances_are_over(store):
    study = need_study(store, "demo-en")
    link = give_links(store, study, "L1")["L1"]
    [gone] = say(store, link, "withdraw", 0)
    [other] = say(store, link, "reword", 1, wording="We lack staff.")
    accept_rewording(store, "A", study, other, "We lack staff.")
    with store.reading() as connection:
        before = rows(connection, select(schema.kept_back))
    assert len(before) == 2
    back(store, "0014")
    migrate(store)
    with store.reading() as connection:
        after = rows(connection, select(schema.kept_back))
        assert expert_answers(connection, study["id"])[gone].answer == "withdraw"
    places = ("source_id", "expert_id", "revision", "start", "end", "answer", "person")
    assert sorted([row[name] for name in places] for row in after) == sorted(
        [row[name] for name in places] for row in before
    )
    assert quote_row(store, study, other)["standing"].hindrance == "rewording"
