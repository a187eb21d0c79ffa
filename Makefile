# make run: the application on the demo study.  make test: every test.  Both start from nothing.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501

.PHONY: run test check bench locale install install-test clean
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
