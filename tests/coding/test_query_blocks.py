"""Blocks of lines say conditions, and conditions come back as blocks."""

from hypothesis import given
from hypothesis import strategies as st

from coding.queries import ANYTHING, All, Any, HasCode, HasValue, Near, Not, Query, SameExpert, Says
from coding.query_blocks import ALL_OF, ANY_OF, CODE, PLACES, VALUE, WORDS, Block, Blocks, Line, as_blocks, as_condition
from coding.query_form import read_query, write_query

texts = st.text("abя ", min_size=1, max_size=6).map(lambda text: f"x{text}".strip())
lines = st.one_of(
    st.builds(Line, st.just(CODE), st.booleans(), code=st.sampled_from(["", "prob.skills", "enab.data"])),
    st.builds(Line, st.just(WORDS), st.booleans(), words=texts),
    st.builds(Line, st.just(VALUE), st.booleans(), attribute=texts, value=st.sampled_from(["", "must"])),
)
joins = st.sampled_from([ALL_OF, ANY_OF])
blocks = st.builds(Block, st.lists(lines, min_size=1, max_size=4), joins, st.sampled_from(PLACES), st.integers(0, 50))


def test_nothing_that_is_said_asks_for_everything():
    silent = Blocks([Block([Line(WORDS, words="  "), Line(VALUE)])])
    assert as_condition(Blocks()) == as_condition(silent) == ANYTHING


def test_a_question_of_practice():
    asked = Blocks(
        [
            Block([Line(code="prob.skills"), Line(code="prob.unready")], ANY_OF),
            Block([Line(code="enab.data", negated=True), Line(WORDS, words="server")], ALL_OF, "near", 3),
            Block([Line(VALUE, attribute="assent", value="yes")], place="not_expert"),
        ]
    )
    assert as_condition(asked) == All(
        (
            Any((HasCode("prob.skills"), HasCode("prob.unready"))),
            Near(All((Not(HasCode("enab.data")), Says("server"))), 3),
            Not(SameExpert(HasValue("assent", "yes"))),
        )
    )


@given(st.builds(Blocks, st.lists(blocks, max_size=4), joins))
def test_a_condition_comes_back_as_blocks_that_say_the_same(asked):
    condition = as_condition(asked)
    again = as_blocks(condition)
    assert again is not None
    assert as_condition(again) == condition
    assert read_query(write_query(Query(condition))).that == condition


def test_another_statement_near_can_be_asked_for():
    block = Block([Line(code="prob.skills")], place="another", within=1)
    assert as_condition(Blocks([block])) == Near(HasCode("prob.skills"), 1, another=True)
    assert as_blocks(Not(Near(HasCode("prob.skills"), 1, another=True))) is None


def test_what_is_deeper_than_blocks_is_not_forced_into_them():
    assert as_blocks(Near(Near(HasCode("prob.skills"), 1), 2)) is None
    assert as_blocks(Not(All((Says("a"), Says("b"))))) is None
    assert as_blocks(Not(Not(Says("a")))) is None
