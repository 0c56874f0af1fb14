# The verbs of this project; the same for people and for CI.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint types layers install install-dev install-engines wheel lock docs bench clean

$(VENV)/.core: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.core requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

install: $(VENV)/.core

install-dev: $(VENV)/.dev

$(VENV)/.engines: $(VENV)/.dev requirements-engines.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-engines.lock
	touch $@

install-engines: $(VENV)/.engines

demo: install
	$(BIN)/trucewatch demo demo-out/syria-2016-09

test: install-dev
	$(BIN)/python -m pytest

lint: install-dev
	$(BIN)/ruff check src tests bench

types: install-dev
	$(BIN)/mypy

layers: install-dev
	$(BIN)/lint-imports --no-cache

check: lint types layers test

wheel: install-dev
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

docs: install-dev
	$(BIN)/python docs/make_tables.py
	$(BIN)/python docs/make_schema.py
	$(BIN)/python docs/make_demo_block.py

bench: install-engines
	$(BIN)/python bench/run_case.py --ged $(GED)
	$(BIN)/python bench/judge.py

lock: install-dev
	$(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock requirements.in
	$(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements-dev.lock requirements-dev.in
	$(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements-engines.lock requirements-engines.in
	sha256sum requirements.lock | cut -d' ' -f1 > src/trucewatch/lock.sha256

clean:
	rm -rf $(VENV) dist build demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis
