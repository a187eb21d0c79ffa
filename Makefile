# make run: the application on the demo study.  make test: every test.  make site: the demo, published, as a folder of
# pages.  All start from nothing.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
SITE ?= site

.PHONY: run test check bench locale site install install-test clean
.DEFAULT_GOAL := run

run: install
	$(PY) -m survey_app serve --demo --port $(PORT)

test: check
	$(PY) -m pytest -n auto --dist loadgroup
	$(PY) tests/node_tests.py

check: install-test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy

bench: install-test
	$(PY) -m pytest tests/bench --override-ini addopts="" -q
	$(PY) -m tests.bench.topics_table

locale: install
	$(PY) -m survey_app.locale

# In a data folder of its own, which goes afterwards: whatever studies lie here stay out of it.
site: install
	rm -rf $(SITE)
	data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && unset DATABASE_URL && export RAKURS_DATA="$$data" && \
	$(PY) -m survey_app demo && \
	$(PY) -m survey_app publish --study demo-en --segmentation five_segments --to $(SITE) && \
	$(PY) -m survey_app publish --study demo-ru --segmentation five_segments --to $(SITE)
	cp docs/site/index.html $(SITE)/index.html

install: $(VENV)/.installed
install-test: $(VENV)/.installed-test

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
