"""Names of the roster in the researcher's own words: whole names shut the gate, single words are confirmed."""

import pytest

from survey_app.publishing.own_words import OwnText, addresses_of, confirmed, judge_words, of_key, unconfirmed

ROSTER = [
    "Tom Delays", "Виктор Заозёрный", "Мария Ли", "Sosnovskaya Anna Petrovna", "irina_l", "Vera", "Speaker 3", "C1",
]  # fmt: skip


def judged(text, *addresses):
    return judge_words([OwnText("the title", text)], ROSTER, addresses)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Talks with Tom Delays", "Tom Delays"),
        ("delays-tom", "delays-tom"),
        ("Опрос Заозёрного Виктора", "Заозёрного Виктора"),
        ("What V. Zaozerny told", "V. Zaozerny"),
        ("Заозёрный В. С. и другие", "Заозёрный В."),
        ("Zaozernogo, Viktora we asked", "Zaozernogo, Viktora"),
        ("see @vzaozerny", "@vzaozerny"),
        ("vzaozerny-panel", "vzaozerny"),
        ("write to irina_l, please", "irina_l"),
        ("Мария Ли", "Мария Ли"),
        ("Anna Petrovna's panel", "Anna Petrovna"),
        ("ask office77@mail.example", "office77@mail.example"),
    ],
)  # fmt: skip
def test_a_name_in_full_shuts_the_gate_and_the_sentence_says_where(text, named):
    found = judged(text, "office77@mail.example")
    assert found.reasons
    assert str(found.reasons[0]).startswith(f"A name of the roster stands in the title: {named}")
    assert "Readers would see it: change these words." in str(found.reasons[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Delays of ferries", ("delays",)),
        ("Вера в услуги", ("вера",)),
        ("Tom, who is late. Delays again", ("tom", "delays")),
        ("Anna asks Tom", ("anna", "tom")),
        ("Speaker 3 of group C1", ()),
        ("Cells of a table", ()),
    ],
)
def test_a_single_word_may_be_an_ordinary_one_and_is_confirmed(text, words):
    found = judged(text)
    assert (found.reasons, found.doubtful) == ((), words)
    assert bool(unconfirmed(found, ())) == bool(words)
    assert not unconfirmed(found, [word.upper() for word in words])
    assert len(confirmed(found)) == bool(words)


def test_what_was_confirmed_holds_for_these_words_alone():
    found = judge_words([OwnText("the title", "Delays"), OwnText("the label of “x”", "Vera")], ROSTER)
    (reason,) = unconfirmed(found, ["delays"])
    assert "“Delays” in the title; “Vera” in the label of “x”" in str(reason)


def test_many_places_are_told_shortly():
    found = judge_words([OwnText(f"label {number}", f"Tom Delays {number}") for number in range(8)], ROSTER)
    assert len(found.reasons) == 6
    assert str(found.reasons[-1]) == "3 more texts that readers would see hold a name of the roster."


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("prob.proposal_of_tom_delays", "Tom Delays"),
        ("viktor-zaozerny", "Viktor Zaozerny"),
        ("predlozhenie_viktora_zaozernogo", "Viktora Zaozernogo"),
        ("prob.proposal_by_viktor_zaozer", "Viktor Заозёрный"),
        ("prob.proposal_by_viktor_zaozer_2", "Viktor Заозёрный"),
        ("as_we_heard_of_tom_de", "Tom Delays"),
    ],
)
def test_a_key_is_read_as_words_and_the_last_may_be_cut(key, named):
    (reason,) = judge_words([of_key("the key", key)], ROSTER).reasons
    assert f"stands in the key: {named}." in str(reason)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("prob.vera", ("vera",)),
        ("what_they_told_of_sosnovsk", ("sosnovskaya",)),
        ("targ.docflow", ()),
        ("tom.d", ("tom",)),
        ("a_code_that_ends_in_zao", ()),
    ],
)
def test_a_single_word_in_a_key_is_confirmed(key, words):
    found = judge_words([of_key("the key", key)], ROSTER)
    assert (found.reasons, found.doubtful) == ((), words)


def test_addresses_are_taken_out_of_what_a_roster_tells_and_telephones_found_however_written():
    told = addresses_of(["office77@mail.example; +7 (912) 345-67-89", "@tom_d", "born 12.03.1970", "2020-01-01"])
    assert told == ["+7 (912) 345-67-89", "@tom_d", "office77@mail.example"]
    for text in ("call 8 912 345 67 89", "call 79123456789", "call +7(912)345-67-89."):
        assert judged(text, *told).reasons
    for text in ("in 2020-01-01", "12.03.1970", "9123456", "79123456789012"):
        assert not judged(text, *told).reasons
