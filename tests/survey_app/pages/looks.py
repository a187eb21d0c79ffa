"""Charts of a page as their tables."""

from streamlit.testing.v1 import AppTest

from survey_app.language import use


def as_tables(app: AppTest, *keys: str) -> AppTest:
    """The page with the tables of these charts, of all of them where none is named, in the place of their figures."""
    there = [one.key for one in app.button_group if one.key and one.key.endswith("-look")]
    asked = [f"{key}-look" for key in keys] or there
    assert asked, "no chart stands on the page"
    assert set(asked) <= set(there), "no such chart stands on the page"
    for key in asked:
        app.session_state[key] = "table"
    with use(app.session_state["language"]):  # what was chosen is looked up again by its name
        app.run()
    assert not app.exception
    return app
