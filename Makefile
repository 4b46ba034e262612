# Two commands: `make run` serves the portal, `make test` checks it. docs/operations.md describes all of them.
# Paths are relative throughout: the checkout may lie in a folder whose name holds a space.

PORT ?=
DEMO ?= 1
JSON ?=
DATA ?=
PYTEST ?=
export PORT DEMO JSON DATA

SYSTEM_PYTHON := $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; exit; }; done)
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
COMPILE := $(PYTHON) -m uv pip compile pyproject.toml --quiet --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: help run test check lint types layers templates migrations translations bench stop clean lock
.PHONY: setup setup-test python
.DEFAULT_GOAL := help

help:
	@echo 'make run      set up and serve the portal (PORT=8000, DEMO=0 for an empty one); Ctrl-C stops it'
	@echo 'make test     set up and run the whole test suite (PYTEST="-k words" narrows it)'
	@echo 'make check    formatting, types, layers, templates, migrations, translations'
	@echo 'make bench    measure against the floors and the peers (JSON=path also writes the figures)'
	@echo 'make stop     stop the portal and its servers, whatever state they are in'
	@echo 'make clean    remove what the set-up made; DATA=1 also removes the database and the files'
	@echo 'make lock     compile the requirements again from pyproject.toml'

python:
	@test -n '$(SYSTEM_PYTHON)' || { echo 'The portal needs Python 3.11 or newer: install it, with its venv module.' >&2; exit 1; }

setup: python
	@$(SYSTEM_PYTHON) scripts/setup.py run

setup-test: python
	@$(SYSTEM_PYTHON) scripts/setup.py test

run: setup
	@exec $(PYTHON) -m temp_portal.core.supervisor

test: setup-test
	@exec $(PYTHON) -m pytest -n auto --maxprocesses 8 --dist worksteal --cov --cov-report=term $(PYTEST)

check: lint types layers templates migrations translations

lint: setup-test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: setup-test
	$(PYTHON) -m mypy

layers: setup-test
	.venv/bin/lint-imports

templates: setup-test
	$(PYTHON) -m djlint templates --lint --quiet

migrations: setup-test
	$(MANAGE) makemigrations --settings temp_portal.settings.test --check --dry-run
	LOG_LEVEL=WARNING $(MANAGE) lintmigrations --settings temp_portal.settings.test --project-root-path .

translations: setup-test
	$(MANAGE) catalogue --check

bench: setup-test
	@exec $(PYTHON) -m tests.benchmarks $(if $(JSON),--json "$(JSON)")

stop:
	@if test -x $(PYTHON); then exec $(MANAGE) stop; else echo 'Nothing is set up here, so nothing runs.'; fi

clean: stop python
	@$(SYSTEM_PYTHON) scripts/clean.py

lock: setup-test
	$(COMPILE) -o requirements/base.txt
	$(COMPILE) --group dev -c requirements/base.txt -o requirements/dev.txt
