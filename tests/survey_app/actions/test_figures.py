"""Charts as pictures: they are what they say, stand on white, and are drawn without asking any other machine."""

import io
import re
import shutil
import socket
import threading

import pypdf
import pytest
from PIL import Image
from plotly import graph_objects as go

from survey_app.actions import figures
from survey_app.actions.figures import Drawing, NoBrowser, NotDrawn, on_white, picture, pictures, printed
from survey_app.language import translate, use

needs_browser = pytest.mark.skipif(figures.browser() is None, reason="draws with Chromium, which is not installed")


def bars(height=300):
    return go.Figure(
        go.Bar(x=[1, 2], y=[3, 4], text=["$a$", "b"]), {"height": height, "paper_bgcolor": "rgba(0,0,0,0)"}
    )


@needs_browser
def test_each_form_is_a_file_of_its_kind_and_a_png_has_two_dots_a_pixel():
    png, svg, pdf = pictures([Drawing(bars(), "png", 400), Drawing(bars(), "svg", 400), Drawing(bars(), "pdf", 400)])
    image = Image.open(io.BytesIO(png))
    assert image.size == (800, 600)
    assert image.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)
    assert svg.startswith(b"<svg")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1


@needs_browser
def test_how_many_are_done_is_told():
    heard = []
    assert len(pictures([Drawing(bars(), "svg")] * 2, heard.append)) == 2
    assert heard == [1, 2]
    assert pictures([]) == []


@needs_browser
def test_nothing_is_fetched_from_another_machine(monkeypatch):
    """The browser sends whatever is not on this machine through the proxy; this one writes down what it is asked."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        over = threading.Event()

        def listen():
            while not over.is_set():
                try:
                    met, _from = listening.accept()
                except TimeoutError:
                    continue
                met.settimeout(2)
                asked.append(met.recv(2000).decode("latin-1").split("\r\n")[0])
                met.close()

        thread = threading.Thread(target=listen)
        thread.start()
        monkeypatch.setattr(figures, "NOWHERE", f"127.0.0.1:{listening.getsockname()[1]}")
        try:
            assert picture(bars(), "svg").startswith(b"<svg")
            assert printed(b"<!doctype html><p>one</p>").startswith(b"%PDF")
        finally:
            over.set()
            thread.join()
    assert not [line for line in asked if re.search("plot|mathjax|cdn|font", line)]


def test_where_there_is_no_browser_one_sentence_says_so(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nothing/here")
    assert figures.browser() is None
    for make in (lambda: picture(bars()), lambda: printed(b"<p>")):
        with pytest.raises(NoBrowser, match="Chrome, Chromium or Edge"):
            make()
    with use("ru"):
        assert "Chromium" in translate(figures.no_browser().message)


def test_a_browser_that_breaks_off_is_told_as_a_sentence(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", shutil.which("false"))
    with pytest.raises(NotDrawn, match="broke off"):
        printed(b"<p>one</p>")


def test_a_figure_that_is_taken_along_is_not_changed_on_the_screen():
    figure = bars()
    assert on_white(figure)["layout"]["paper_bgcolor"] == "#ffffff"
    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"
