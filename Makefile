# Baton. `make` alone lists what there is.

PYTHON_IN_VENV := .venv/bin/python
WORKERS ?= logical
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test bench lint format types docs requirements setup clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1|/' | awk -F'|' '{ printf "  %-18s %s\n", $$1, $$2 }'

demo: ## set up, and try Baton in the browser: no keys, no accounts (ARGS="--port 8080 --no-browser")
	@.ci/setup runtime
	@exec $(PYTHON_IN_VENV) -m bot demo $(ARGS)

test: ## set up, and run all tests on SQLite, PostgreSQL and a browser (ARGS="tests/storage -k lease")
	@.ci/setup dev
	@$(PYTHON_IN_VENV) -m tests.browser
	@$(PYTHON_IN_VENV) -m pytest -n $(WORKERS) --maxprocesses 8 $(ARGS)

bench: ## measure (NAMES="ack turn" at full size; without names a quick form of all; JSON=rows.json)
	@.ci/setup dev
	@$(PYTHON_IN_VENV) -m tests.benchmarks $(NAMES) $(if $(JSON),--json $(JSON))

lint: ## ruff: rules and format
	@.ci/setup dev
	@$(PYTHON_IN_VENV) -m ruff check
	@$(PYTHON_IN_VENV) -m ruff format --check

format: ## ruff: mend and format
	@.ci/setup dev
	@$(PYTHON_IN_VENV) -m ruff check --fix
	@$(PYTHON_IN_VENV) -m ruff format

types: ## pyright, strict
	@.ci/setup dev
	@$(PYTHON_IN_VENV) -m pyright

docs: ## write the pages that are made from the code: settings, commands, .env.example
	@.ci/setup dev
	@$(PYTHON_IN_VENV) -m tests.pages

requirements: ## pin the newest packages that pyproject.toml allows (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate pyproject.toml -o .ci/requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate pyproject.toml --extra dev -c .ci/requirements.txt -o .ci/requirements-dev.txt

setup: ## install everything for development
	@.ci/setup dev

clean: ## undo all of the above: environment, demo data, caches
	rm -rf .venv .demo build dist .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
