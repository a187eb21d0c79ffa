"""Open a page of the application as a link does, and read what stands on it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from survey_app.jobs import threads
from survey_app.language import _, use
from tests.survey_app.jobs.watching import PATIENCE_S

APP = Path(__file__).parents[3] / "survey_app" / "app.py"


def open_page(name, slug="", language="en", **query):
    """The application, then the page with what stands in its address; fails if there is a traceback on the screen."""
    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    app.session_state["language"] = language
    if slug:
        app.query_params["study"] = slug
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if name != "studies":
        app.switch_page(f"pages/{name}.py").run()
    return sound(app)


def follow(app, name, **address):
    """The same tab after a link or, without an address, an entry of the menu led to another page and to this one."""
    for key in list(app.query_params):
        if key != "study":
            del app.query_params[key]  # as a browser does on its way to another page
    app.switch_page("pages/findings.py").run()
    for key, value in address.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}.py").run()
    return sound(app)


def sound(app):
    """The same application, once it is sure that nothing broke."""
    assert not app.exception, app.exception[0].value
    return app


def press(app, text):
    """Press the button that says so."""
    return sound(button(app, text).click().run())


def ended(app):
    """The page once whatever was begun on a thread has ended."""
    for work in list(threads._works.values()):
        assert work.wait(120)
    return sound(app.run())


def button(app, text):
    """The button that says so; forms' buttons are buttons too."""
    found = [one for one in app.button if text in one.label]
    assert found, [one.label for one in app.button]
    return found[0]


def words(app):
    """Everything that is said on the page, without the signs of markup."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.info,
        app.warning,
        app.error,
        app.success,
    )
    told = " ".join(one.value for kind in kinds for one in kind)
    return told.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def problems(app):
    """The sentences that say what is wrong."""
    return [one.value.replace("\\", "") for one in app.error]


def russian(text, **values):
    """A word of ours in Russian."""
    with use("ru"):
        return _(text, **values)
