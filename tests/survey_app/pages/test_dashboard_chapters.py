"""The dashboard's chapters: what each answers of the demo, how it is linked, and ways to part experts."""

import pytest

from survey_app.actions.people import import_roster
from survey_app.actions.studies import create_study
from survey_app.rosters.roster import Roster, RosterPerson
from survey_app.session import machine_store
from tests.survey_app.pages.looks import as_tables
from tests.survey_app.pages.opening import follow
from tests.survey_app.pages.test_dashboard import chosen, findings, key_figures, open_dashboard, words

CHARTS = {
    "forces": 2, "theme-role": 3, "theme-plat": 3, "theme-prin": 3, "theme-targ": 3, "groups": 3, "together": 4,
    "documents": 2, "certainty": 2, "besides": 1,
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("data_folder")


def test_a_chapter_is_linked_and_the_first_one_leaves_no_trace():
    app = open_dashboard("demo-en", chapter="certainty")
    assert app.query_params["chapter"] in ("certainty", ["certainty"])
    assert findings(app)[0].startswith("After the first 12 experts nobody said anything new: 41 codes.")
    assert "15 of 19 statements are those of S2" in findings(app)[1]
    first = open_dashboard("demo-en", chapter="there is none")
    assert "chapter" not in first.query_params
    assert len(first.get("plotly_chart")) == 5


@pytest.mark.parametrize("chapter", list(CHARTS))
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_chapter_has_charts_with_names_tables_and_key_figures(chapter, language):
    app = open_dashboard(f"demo-{language}", language, chapter=chapter)
    charts = app.get("plotly_chart")
    assert len(charts) == CHARTS[chapter]
    assert all(one.proto.alt for one in charts)
    assert len(key_figures(app)) == 5
    assert all(("а" in said or "о" in said) == (language == "ru") for said in findings(app))
    assert len(as_tables(app).dataframe) == CHARTS[chapter]


def test_two_groups_are_compared_by_their_address():
    app = open_dashboard(
        "demo-en", chapter="groups", segments="five_segments", first="local", second="business_science"
    )
    assert chosen(app, "first").value == "local"
    said = findings(app)[1]
    assert "Local authorities 3 of 3" in said or "Business and science" in said


def test_experts_are_parted_by_region_and_by_the_day_of_their_session():
    app = open_dashboard("demo-en", segments="by:region", chapter="groups")
    assert len(app.get("plotly_chart")) == 3
    app = open_dashboard("demo-ru", "ru", segments="days", chapter="groups")
    assert "11.10.2022" in " ".join(str(column) for column in as_tables(app).dataframe[0].value.columns)


def test_a_way_of_parting_that_is_not_there_falls_back_to_groups():
    app = open_dashboard("demo-en", segments="by:shoe size")
    assert chosen(app, "segments").value == "by_group"
    assert "shoe size" not in words(app)


def test_two_studies_are_laid_beside_each_other_as_waves():
    app = open_dashboard("demo-en", chapter="waves")
    assert "20 of 20" in key_figures(app).values()
    assert chosen(app, "beside").value == "demo-ru"
    assert findings(app)[0], "the demo's two studies say the same"
    table = as_tables(app).dataframe[0].value
    assert {"demo-en", "demo-ru"} == {name.rpartition("(")[2].removesuffix(")") for name in table.columns[1:3]}
    assert len(table) >= 41


def test_a_wave_without_experts_or_without_such_codings_is_no_wave_of_zeros():
    store = machine_store()
    bare = create_study(store, "A", title_en="Planned", slug="planned")
    app = open_dashboard("demo-en", chapter="waves", beside="planned")
    assert "None of these groups took part in “Planned”." in infos(app)
    assert not app.get("plotly_chart")
    import_roster(store, "A", bare["id"], Roster((RosterPerson("E1", "Vera", group_id="loc"),)))
    app = open_dashboard("demo-en", chapter="waves", beside="planned")
    assert "“Planned” has no codings of this kind (adjudicated)" in infos(app)
    app = open_dashboard("demo-en", chapter="waves", beside="planned", groups="fed")
    assert "None of these groups took part in “Planned”." in infos(app)


def test_groups_that_nobody_is_of_are_no_reason_to_bring_in_transcripts():
    store = machine_store()
    bare = create_study(store, "A", title_en="Planned", slug="planned")
    import_roster(store, "A", bare["id"], Roster((RosterPerson("E1", "Vera", group_id="loc"),)))
    assert "Bring in transcripts" in words(open_dashboard("planned"))
    said = words(open_dashboard("planned", groups="fed"))
    assert "Nobody of the chosen groups took part. Choose others above." in said
    assert "Bring in transcripts" not in said


def infos(app):
    return " ".join(one.value.replace("\\", "") for one in app.info)


def test_what_is_open_and_what_is_solved_is_counted_by_experts():
    app = open_dashboard("demo-en", chapter="besides", attribute="status")
    assert findings(app)[0].startswith("Open: most often “Interdepartmental exchange not digital enough” (9 of 20")
    stages = open_dashboard("demo-en", chapter="besides", attribute="stage")
    assert "Coders have not" not in findings(stages)[0]


def test_personas_have_four_fields_and_requirements_their_steps():
    app = open_dashboard("demo-ru", "ru", chapter="people")
    said = words(app)
    for field in ("Потребности", "Профиль", "Цифровые привычки", "Жизненные ситуации"):
        assert said.count(field) >= 4
    assert "Пожилой человек без смартфона" in findings(app)
    steps = [one.label for one in app.expander]
    assert any("Планируемый результат услуги" in one for one in steps)
    assert any("Критерии оценки служащих" in one for one in steps)


def test_documents_stand_beside_experts():
    app = open_dashboard("demo-en", chapter="documents")
    assert (
        "Declared, not spoken of: “Almost 100 % electronic document flow”, “Launch of 25 services”" in findings(app)[0]
    )


def test_a_layer_that_leaves_experts_out_says_so():
    said = " ".join(one.value for one in open_dashboard("demo-en", layer="coder-C").info)
    assert "The words of 13 experts of 20 have no coding in this layer yet" in said
    assert not open_dashboard("demo-en").info


def test_a_filter_of_groups_is_in_the_name_of_the_whole_and_one_segment_is_not_compared():
    app = open_dashboard("demo-en", chapter="groups", groups="loc")
    assert findings(app)[0] == "There is only one segment here: nothing to compare."
    app = open_dashboard("demo-en", groups="loc")
    assert chosen(app, "of").options[0] == "All of these groups"


def test_a_link_shows_what_it_names_and_nothing_that_was_chosen_before():
    app = open_dashboard("demo-en")
    next(one for one in app.multiselect if one.key == "choice of groups").set_value(["civ"]).run()
    assert key_figures(app)["experts spoke"] == "3 of 3"
    follow(app, "dashboard")
    assert key_figures(app)["experts spoke"] == "3 of 3"
    follow(app, "dashboard", chapter="groups")
    assert key_figures(app)["experts spoke"] == "20 of 20"
    assert "Where do groups differ?" in [one.value for one in app.header]
    assert "groups" not in app.query_params
    next(one for one in app.multiselect if one.key == "choice of groups").set_value(["bus"]).run()
    assert key_figures(app)["experts spoke"] == "2 of 2"
