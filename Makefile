# Two commands matter: `make demo` and `make test`. Each sets up all that it needs in .venv of this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test setup lint format docs lock clean

demo: $(VENV)/.runtime
	@$(BIN)/newscrawl demo

# Format, lint, types, import arrows and all tests: the same that CI runs.
test: $(VENV)/.dev
	@PYTHON_BIN=$(BIN) sh tests/run_checks.sh

setup: $(VENV)/.runtime

lint: $(VENV)/.dev
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

# The pages that are made from the code; a test says when they are out of date.
docs: $(VENV)/.dev
	@$(BIN)/cog -r -I docs docs/*.md

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newscrawl needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "the environment cannot be made; on Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Setting up the tools for tests (once) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The locks name versions and hashes and no index. Needs uv.
lock:
	uv pip compile pyproject.toml --group checkout --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --group checkout --group dev --constraint requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) demo-data build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
