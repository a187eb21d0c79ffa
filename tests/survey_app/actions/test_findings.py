"""Findings: kept in their order, taken back, copied with the study; who may see and change what."""

import itertools

import pytest
from sqlalchemy import update

from coding.claims import AtLeast, FirstAmong, MoreIn, MoreNamed
from coding.robustness import CODINGS, verdict
from survey_app.actions.backing_up import back_up
from survey_app.actions.code_merging import merge_codes
from survey_app.actions.finding_checks import does_it_hold
from survey_app.actions.finding_ties import (
    speaking_against,
    statements_with,
    tie_quote,
    tie_view,
    untie_quote,
    untie_view,
)
from survey_app.actions.findings import (
    AGAINST,
    FOR,
    VERBS,
    FindingProblem,
    add_finding,
    add_sentence,
    change_sentence,
    findings_of,
    findings_wait,
    move_finding,
    move_sentence,
    remove_finding,
    remove_sentence,
    undo_finding,
)
from survey_app.actions.restoring_study import restore
from survey_app.actions.results import frames_of
from survey_app.actions.rights import NotPermitted
from survey_app.actions.segmenting import merge_within, turn_back_segmenting
from survey_app.actions.studies import need_study
from survey_app.actions.view_addresses import ForeignAddress, View, view_of_address
from survey_app.store import codes, schema, studies, undo
from survey_app.store.log import Gone

SKILLS = AtLeast("prob.skills", 1, 2)
ADDRESS = "http://localhost:8501/dashboard?study=demo-en&lang=ru&codes=prob&groups=loc&groups=reg"


@pytest.fixture
def study(store):
    """The English demo without any finding."""
    study = need_study(store, "demo-en")
    with store.writing() as connection:
        for table in (schema.finding_quote, schema.finding_sentence, schema.finding):
            connection.execute(table.delete())
        connection.execute(update(schema.change).where(schema.change.c.verb.in_(VERBS)).values(undone=True))
    return study


def texts(store, study):
    return [[one.text_en for one in finding.sentences] for finding in findings_of(store, study["id"])]


def first(store, study):
    return findings_of(store, study["id"])[0].sentences[0]


def said_with(store, study, code="prob.skills", groups=("loc",)):
    return statements_with(store, study["id"], code, groups)["statement_id"].tolist()


def test_findings_and_sentences_stand_in_their_order(store, study):
    one, two = (add_finding(store, "A", study["id"], text_en=text) for text in ("One.", "Two."))
    more = add_sentence(store, "A", study["id"], one, text_en=" More  of  one. ", text_ru="Ещё.")
    assert texts(store, study) == [["One.", "More of one."], ["Two."]]
    move_sentence(store, "A", study["id"], more, -1)
    move_finding(store, "A", study["id"], two, -1)
    move_finding(store, "A", study["id"], two, -1)
    assert texts(store, study) == [["Two."], ["More of one.", "One."]]
    remove_sentence(store, "A", study["id"], more)
    assert texts(store, study) == [["Two."], ["One."]]
    remove_sentence(store, "A", study["id"], findings_of(store, study["id"])[0].sentences[0].id)
    assert texts(store, study) == [["One."]]


def test_every_step_is_taken_back_one_by_one(store, study):
    finding = add_finding(store, "A", study["id"], text_en="One.", claim=SKILLS)
    part = first(store, study).id
    quote = said_with(store, study)[0]
    seen = [findings_of(store, study["id"])]
    for step in (
        lambda: tie_quote(store, "A", study["id"], part, quote, FOR),
        lambda: tie_quote(store, "A", study["id"], part, quote, AGAINST),
        lambda: tie_view(store, "A", study, part, ADDRESS),
        lambda: change_sentence(store, "A", study["id"], part, text_en="Another.", text_ru="Другое.", claim=None),
        lambda: untie_quote(store, "A", study["id"], part, quote),
        lambda: untie_view(store, "A", study["id"], part, first(store, study).views[0]),
        lambda: remove_finding(store, "A", study["id"], finding),
    ):
        step()
        seen.append(findings_of(store, study["id"]))
    assert seen[-1] == []
    assert all(before != after for before, after in itertools.pairwise(seen))
    while seen:
        assert findings_of(store, study["id"]) == seen.pop()
        assert undo_finding(store, "A", study["id"])
    assert findings_of(store, study["id"]) == []
    assert not undo_finding(store, "A", study["id"])


def test_what_changes_nothing_needs_no_way_back(store, study):
    add_finding(store, "A", study["id"], text_en="One.")
    part, finding = first(store, study).id, findings_of(store, study["id"])[0].id
    quote = said_with(store, study)[0]
    for act in (
        lambda: move_finding(store, "A", study["id"], finding, 1),
        lambda: move_sentence(store, "A", study["id"], part, -1),
        lambda: change_sentence(store, "A", study["id"], part, text_en="One. ", text_ru="", claim=None),
        lambda: untie_quote(store, "A", study["id"], part, quote),
        lambda: untie_view(store, "A", study["id"], part, View("dashboard")),
    ):
        act()
    assert undo_finding(store, "A", study["id"])
    assert findings_of(store, study["id"]) == []


def test_a_sentence_without_words_is_refused(store, study):
    with pytest.raises(FindingProblem, match="at least one language"):
        add_finding(store, "A", study["id"], text_en="  ")
    with pytest.raises(FindingProblem, match="at most"):
        add_finding(store, "A", study["id"], text_ru="ы" * 2001)
    assert findings_of(store, study["id"]) == []


def test_what_is_of_another_study_is_gone(store, study):
    other = need_study(store, "demo-ru")
    finding = add_finding(store, "A", study["id"], text_en="One.")
    part = first(store, study).id
    for act in (
        lambda: remove_finding(store, "A", other["id"], finding),
        lambda: add_sentence(store, "A", other["id"], finding, text_en="No."),
        lambda: change_sentence(store, "A", other["id"], part, text_en="No.", text_ru="", claim=None),
        lambda: tie_quote(store, "A", other["id"], part, said_with(store, other)[0], FOR),
    ):
        with pytest.raises(Gone):
            act()
    with pytest.raises(FindingProblem):
        tie_quote(store, "A", study["id"], part, said_with(store, other)[0], FOR)
    assert texts(store, study) == [["One."]]
    assert not first(store, study).quotes


def test_an_address_of_ours_becomes_a_view(store, study):
    add_finding(store, "A", study["id"], text_en="One.")
    part = first(store, study).id
    view = tie_view(store, "A", study, part, ADDRESS)
    assert view == View("dashboard", (("codes", "prob"), ("groups", "loc"), ("groups", "reg")))
    tie_view(store, "A", study, part, ADDRESS)
    assert first(store, study).views == (view,)


@pytest.mark.parametrize(
    "address",
    [
        "", "javascript:alert(1)//dashboard", "http://localhost/place?study=demo-en", "ftp://x/dashboard",
        "http://localhost/dashboard?study=demo-ru", "http://localhost/dashboard?study=demo-en&Bad=1",
        "http://localhost/dashboard?study=demo-en&codes=%00", "http://[/dashboard",
        "http://localhost/dashboard?" + "&".join(f"a{n}=1" for n in range(99)),
        "http://localhost/dashboard?codes=" + "x" * 300, "x" * 5000,
    ],
    ids=["empty", "script", "page", "scheme", "study", "name", "sign", "host", "many", "long", "longer"],
)  # fmt: skip
def test_any_other_address_is_one_sentence(address):
    with pytest.raises(ForeignAddress) as told:
        view_of_address(address, "demo-en")
    assert str(told.value).endswith(".")


def test_claims_follow_merged_codes_and_bad_ones_are_told(store, study):
    add_finding(store, "A", study["id"], text_en="One.", claim=FirstAmong("enab.data", "enab"))
    with store.reading() as connection:
        ids = {row["key"]: row["id"] for row in codes.codes(connection, study["id"])}
    merge_codes(store, "A", study["id"], ids["enab.data"], ids["enab.quality"])
    assert first(store, study).claim == FirstAmong("enab.quality", "enab")
    with store.writing() as connection:
        connection.execute(
            update(schema.finding_sentence).values(claim={"kind": "all"}, views=[{"page": "nowhere"}, 3])
        )
    one = first(store, study)
    assert one.claim is None
    assert "no claim that can be read" in str(one.problem)
    assert one.views == ()


def test_a_quote_follows_a_statement_that_is_joined_and_comes_back(store, study):
    add_finding(store, "A", study["id"], text_en="One.", claim=SKILLS)
    part = first(store, study).id
    with store.reading() as connection:
        statement = schema.statement
        rows = (
            connection.execute(statement.select().order_by(statement.c.source_id, statement.c.start)).mappings().all()
        )
    spoken = frames_of(store, study["id"]).statements
    quotable = set(spoken.loc[spoken["expert_id"] != "", "statement_id"])
    before, after = next(
        (one, two)
        for one, two in itertools.pairwise(rows)
        if (one["source_id"], one["turn"]) == (two["source_id"], two["turn"]) and {one["id"], two["id"]} <= quotable
    )
    tie_quote(store, "A", study["id"], part, after["id"], AGAINST)
    with store.writing() as connection:
        merge_within(connection, "A", study["id"], before["source_id"], before["id"])
    assert [(one.statement_id, one.stance) for one in first(store, study).quotes] == [(before["id"], AGAINST)]
    with store.writing() as connection:
        done = undo.last_in_scope(connection, study["id"], "merge_statements", before["source_id"])
        turn_back_segmenting(connection, done, "A", "undo")
    assert [one.statement_id for one in first(store, study).quotes] == [after["id"]]


def test_findings_go_along_with_a_copy_of_the_study(store, study, tmp_path):
    add_finding(store, "A", study["id"], text_en="One.", text_ru="Один.", claim=SKILLS)
    part = first(store, study).id
    tie_quote(store, "A", study["id"], part, said_with(store, study)[0], FOR)
    tie_view(store, "A", study, part, ADDRESS)
    copied = tmp_path / "copy.zip"
    back_up(store, study, copied)
    restore(store, copied, slug="again")
    other = need_study(store, "again")
    there, here = first(store, other), first(store, study)
    assert (there.text_en, there.text_ru, there.claim, there.views) == (
        here.text_en, here.text_ru, here.claim, here.views,
    )  # fmt: skip
    assert there.id != here.id
    assert there.quotes[0].statement_id in said_with(store, other)
    assert there.quotes[0].statement_id != here.quotes[0].statement_id
    assert undo_finding(store, "A", other["id"])
    assert not first(store, other).views
    assert first(store, study).views


def test_what_may_speak_against_a_claim(store, study):
    def labels(claim):
        return set(speaking_against(store, study["id"], claim)["statement_id"])

    others = ("fed", "corp", "civ", "bus", "sci")
    assert labels(MoreIn("prob.interagency", ("reg", "loc", "rmc"))) >= set(
        said_with(store, study, "prob.interagency", others)
    )
    assert set(said_with(store, study, "enab.quality", ())) <= labels(MoreNamed("enab.data", "enab.quality"))
    with store.reading() as connection:
        opposite = {row["key"]: row["counterpart"] for row in codes.codes(connection, study["id"])}
    with_opposite = next(key for key, other in opposite.items() if other and said_with(store, study, other, ()))
    assert labels(AtLeast(with_opposite, 1, 2)) == set(said_with(store, study, opposite[with_opposite], ()))


def test_the_verdict_of_the_demo_as_stored(store, study):
    said = verdict(does_it_hold(store, study, SKILLS))
    assert (said.holds, said.kept, said.tried, said.keys(CODINGS)) == (True, 11, 22, ["B"])
    apart = verdict(does_it_hold(store, study, MoreIn("prob.interagency", ("reg", "loc", "rmc"))))
    assert (apart.holds, apart.kept, apart.tried) == (True, 28, 28)  # and reg with rmc, the regional level


# ------------------------------------------------------------------ who may
def test_only_researchers_change_findings(team):
    study, people = team
    found = {}
    for role, (store, coder) in people.items():
        key = coder["key"] if coder else ""
        if role in ("owner", "researcher"):
            found[role] = add_finding(store, key, study["id"], text_en=role)
        else:
            with pytest.raises(NotPermitted):
                add_finding(store, key, study["id"], text_en=role)
            with pytest.raises(NotPermitted):
                remove_finding(store, key, study["id"], found["owner"])
            with pytest.raises(NotPermitted):
                undo_finding(store, key, study["id"])
        told = {one.sentences[0].text_en for one in findings_of(store, study["id"])}
        assert told == set() if role == "coder" else "owner" in told  # no comparison is open to a coder yet


def test_a_coder_learns_nothing_of_hidden_codings(team):
    study, people = team
    owner, coder = people["owner"][0], people["coder"][0]
    key = people["owner"][1]["key"]
    finding = add_finding(owner, key, study["id"], text_en="One.", claim=SKILLS)

    def of(store):
        return next(one for one in findings_of(store, study["id"]) if one.id == finding).sentences[0]

    tie_quote(owner, key, study["id"], of(owner).id, said_with(owner, study)[0], FOR)
    assert len(of(owner).quotes) == len(of(people["reader"][0]).quotes) == 1
    assert findings_wait(coder, study["id"])  # no comparison is open to a coder
    assert findings_of(coder, study["id"]) == []
    assert not findings_wait(people["reader"][0], study["id"])
    told = does_it_hold(coder, study, SKILLS)
    assert told[0].key == people["coder"][1]["key"]  # their own codings alone
    assert [row.key for row in told if row.kind == CODINGS] == []
    assert does_it_hold(people["reader"][0], study, SKILLS)[0].measured.counts == ((10, 20),)


def test_a_reader_sees_no_coder_by_name(team):
    study, people = team
    told = does_it_hold(people["reader"][0], study, SKILLS)
    assert [row.key for row in told if row.kind == CODINGS] == []
    with people["owner"][0].reading() as connection:
        assert len(studies.coders(connection, study["id"])) == 3
