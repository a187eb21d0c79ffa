"""Documents beside experts: the demo's known gaps (D12), and what is not coded is not called silent."""

from dataclasses import replace

import pytest

from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import declared_and_reflected as view

from .coded_documents import with_coded_documents
from .conftest import EXPECTED


def prepared(frames, **which):
    return view.prepare(frames, by_groups(frames.groups), **which)


def everyone(rows):
    return rows[rows.segment == ALL].set_index("code_id")


def strips(figure):
    return [trace for trace in figure.data if trace.customdata is not None]


def words(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_every_code_has_its_known_place(frames):
    rows = everyone(prepared(with_coded_documents(frames)))
    both = rows[rows.kind == view.BOTH]
    known = EXPECTED["declared_vs_reflected"]
    for code, counts in known.items():
        row = rows.loc[code]
        assert f"{row.in_documents}/{row.coded}" == counts["documents"]
        assert f"{row.k}/{row.n}" == counts["experts"]
    assert set(rows.index[rows.kind == view.DECLARED]) == set(EXPECTED["declared_not_reflected"])
    assert set(rows.index[rows.kind == view.SPOKEN]) == set(EXPECTED["reflected_not_declared"])
    assert set(both.index) == set(known) - set(EXPECTED["declared_not_reflected"])
    assert not (rows.kind == view.NEITHER).any()


def test_targets_in_documents_and_in_talk(frames):
    rows = everyone(prepared(with_coded_documents(frames)))
    known = EXPECTED["documents_vs_panel"]
    assert rows.in_documents[list(known["documents_mention"])].to_dict() == known["documents_mention"]
    assert rows.k[list(known["panel_experts_mention"])].to_dict() == known["panel_experts_mention"]


def test_the_finding_names_the_gaps(english):
    assert view.finding(prepared(with_coded_documents(english))) == (
        "22 codes are both declared and spoken of. Declared, not spoken of: “Almost 100 % electronic document flow”, "
        "“Launch of 25 services”. Spoken of, not declared: “Better quality and access of services”, “Unreadiness to "
        "work in new conditions”, “Paper kept alongside digital” and 16 more."
    )


def test_of_one_root_and_of_one_segment(english):
    rows = prepared(with_coded_documents(english))
    assert view.finding(rows, root="targ") == (
        "2 codes are both declared and spoken of. Declared, not spoken of: “Almost 100 % electronic document flow”, "
        "“Launch of 25 services”. Spoken of, not declared: nothing."
    )
    bus = view.table(rows, segment="bus")
    assert bus.loc[("prob.skills", "bus"), "Kind"] == "Declared, not spoken of"
    assert bus.loc[("prob.skills", "bus"), "Experts"] == "0 of 2"
    assert view.finding(rows, segment="bus").startswith("Business structures. 4 codes are both")


def test_kinds_stand_under_their_words_the_gaps_first(english):
    figure = view.figure(prepared(with_coded_documents(english)), top=2)
    said = words(figure)
    headings = [text for text in said if text.startswith("<b>")]
    assert headings == [
        "<b>Declared, not spoken of</b>: 2", "<b>Spoken of, not declared</b>: 19", "<b>Declared and spoken of</b>: 22"
    ]  # fmt: skip
    assert {"17 more in the table", "20 more in the table", "1 of 2", "0 of 20", "11 of 20"} <= set(said)
    for strip in strips(figure):
        assert [tuple(mark) for mark in strip.customdata[:3]] == [
            ("targ.docflow", ALL), ("targ.services25", ALL), ("enab.quality", ALL)
        ]  # fmt: skip
    assert [list(trace.x[:3]) for trace in figure.data[:4]] == [[2, 2, 2], [1, 1, 0], [20, 20, 20], [0, 0, 11]]


def test_a_document_that_nobody_has_coded_is_not_called_silent(english):
    rows = prepared(with_coded_documents(english, ("DOC-1",)))
    assert set(rows.coded) == {1}
    assert view.finding(rows).endswith("1 document is not coded yet.")
    assert view.table(rows).loc[("role.qol", ALL), "in documents"] == "1 of 1"


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_missing_is_said(english, dark):
    bare = with_coded_documents(english, ())
    rows = prepared(bare)
    assert words(view.figure(rows, dark=dark)) == ["No document is coded yet."]
    assert view.finding(rows) == "No document is coded yet."
    assert set(view.table(rows)["Kind"]) == {""}
    without = replace(bare, statements=bare.statements[bare.statements.source_kind != "document"])
    assert view.finding(prepared(without)) == "The study has no documents."
    codeless = prepared(replace(bare, codes=bare.codes.head(0), codings=bare.codings.head(0)))
    assert view.finding(codeless) == "There are no codes here."


def test_names_follow_the_language_in_force(english):
    rows = prepared(with_coded_documents(english))
    with language.use("ru"):
        assert "«Запуск 25 сервисов»" in view.finding(rows)
