# Two commands matter: `make demo` runs the main job, `make test` runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-cases
CASES ?= 10000

.PHONY: demo test bench lint types setup schemas docs lock clean

demo: setup
	rm -rf $(DEMO)
	$(BIN)/sptool demo $(DEMO)

test: setup lint types
	$(BIN)/pytest -n 2 --dist worksteal

# How fast sptool is, against git and Python on this machine; the full size writes docs/performance.md.
bench: setup
	$(BIN)/python -m benchmarks --cases $(CASES)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sptool needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# Written from the program: the schemas, the page of commands, the kinds on the page about the format, the events on
# the page about the framework's file.
schemas: setup
	$(BIN)/python -m sptool.publishing schemas

docs: setup
	$(BIN)/python -m sptool.cli.reference docs/commands.md docs/framework-file.md
	$(BIN)/python -m sptool.publishing docs/format.md

# Pins every package to the newest version; run `make test` before you keep it.
lock:
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]'
	$(VENV)-lock/bin/python -m pip freeze --exclude sptool > constraints.txt
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) $(VENV)-lock $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
