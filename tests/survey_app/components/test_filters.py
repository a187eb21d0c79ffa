"""What a dashboard is about, as its filters name it."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from survey_app.components.filters import addressed_select, addressed_several

    def name(_key):
        return "Second wave"

    st.session_state["one"] = addressed_select("beside", "Beside", ["spring", "autumn"], name)
    st.session_state["several"] = addressed_several("groups", "Groups", ["spring", "autumn"], name, nothing="all")


def test_choices_of_one_name_are_two_choices():
    app = AppTest.from_function(page, default_timeout=60).run()
    assert app.selectbox[0].options == app.multiselect[0].options == ["Second wave (spring)", "Second wave (autumn)"]
    app.selectbox[0].select("autumn")
    app.multiselect[0].select("autumn").run()
    assert (app.session_state["one"], app.session_state["several"]) == ("autumn", ["autumn"])
