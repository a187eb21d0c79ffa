"""Right before anything goes out every string of it is looked at, whoever forgot to look where it came from."""

import pytest

from survey_app.actions.depositing import deposit
from survey_app.actions.gate import PublishingRefused, gate
from survey_app.actions.last_look import need_nobody_named
from survey_app.actions.publishing import publish
from survey_app.actions.studies import need_study
from survey_app.publishing.methods_note import LITERATURE
from survey_app.settings import settings
from survey_app.store import experts, results, schema


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.mark.parametrize(
    "content",
    [
        {"en": {"questions": [{"told": {"five": {"all": "Named most by Viktor Zaozerny."}}}]}},
        {"en": {"questions": [{"told": {"as_viktor_zaozerny_asked": {}}}]}},
        {"codes": [{"id": "prob.proposal_by_viktor_zaoz"}]},
        {"ru": {"limits": ["Спросите Заозёрного Виктора"]}},
        {"note": "denis_v wrote it"},
        {"note": ["Ask f1@ministry.example"]},
        {"note": ["Call 8 912 345 67 89"]},
    ],
)  # fmt: skip
def test_a_name_an_account_or_an_address_anywhere_is_refused_with_its_place(store, study, content):
    with store.change(study["id"], "A", "write") as change:
        row = experts.experts(change.connection, study["id"])[0]
        change.update(
            schema.expert, row["id"], attributes={"mail": "f1@ministry.example", "phone": "+7 (912) 345-67-89"}
        )
    with pytest.raises(PublishingRefused, match="what readers would get") as refused:
        need_nobody_named(store, study, {"slug": "demo", **content})
    assert "under /" in str(refused.value)


def test_quotes_have_a_gate_of_their_own_and_single_words_are_confirmed_elsewhere(store, study):
    need_nobody_named(store, study, {"quotes": [{"text": "Viktor Zaozerny"}], "title": "Vera in services"})
    with pytest.raises(PublishingRefused, match="vera2026"):
        need_nobody_named(store, study, files={"citation.bib": b"@misc{vera2026,"})
    need_nobody_named(store, study, files={"citation.bib": b"@misc{vera2026,"}, accepted=["Vera"])


def test_a_file_is_named_and_a_release_in_it_read_as_one(store, study):
    with pytest.raises(PublishingRefused, match=r"the file methods/methods_en\.html: Viktor Zaozerny"):
        need_nobody_named(store, study, files={"methods/methods_en.html": b"<p>Ask Viktor Zaozerny</p>"})
    with pytest.raises(PublishingRefused, match="under /en/title"):
        need_nobody_named(store, study, files={"release/release.json": b'{"en": {"title": "As Viktor Zaozerny"}}'})
    need_nobody_named(store, study, files={"quotes/released_quotes.csv": b"Viktor Zaozerny"})


@pytest.mark.xdist_group("release")
def test_what_the_gate_does_not_know_of_is_published_and_deposited_by_nobody(store, study, monkeypatch):
    publish(store, "A", study)
    monkeypatch.setenv("RAKURS_ADDRESS", "https://viktor-zaozerny.example")
    settings.cache_clear()
    assert gate(store, study).passed  # an address stands in how to cite, and in no table
    with pytest.raises(PublishingRefused, match="viktor-zaozerny"):
        publish(store, "A", study)
    with pytest.raises(PublishingRefused, match="viktor-zaozerny"):
        deposit(store, study)
    with store.reading() as connection:
        assert len(results.releases(connection, study["id"])) == 1


def test_whoever_is_called_like_an_author_whom_the_note_cites_hinders_nothing(store, study):
    with store.change(study["id"], "A", "write") as change:
        row = experts.experts(change.connection, study["id"])[0]
        change.update(schema.expert, row["id"], other_names=["Chen M."])
    page = f"<p>{LITERATURE[0]}</p><p>{LITERATURE[1].replace(chr(39), '&#39;')}</p>"
    need_nobody_named(store, study, {"en": {"method": list(LITERATURE)}}, {"methods_en.html": page.encode()})
    with pytest.raises(PublishingRefused, match="Chen M"):
        need_nobody_named(store, study, {"en": {"title": "What Chen M. asked"}})
