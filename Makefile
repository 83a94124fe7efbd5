PYTHON ?= python3
# PYTHON=python3.13 has a virtualenv of its own, .venv-3.13
VENV := .venv$(subst python,-,$(filter-out python python3,$(notdir $(PYTHON))))
BIN := $(VENV)/bin
JUDGES := $(VENV)-judges
SOURCES := bot handlers storage tests
UPGRADE := --upgrade
WORKERS ?= auto

.PHONY: check test judges coverage fix try bench bench-scale soak replicas picture decisions format lint types contracts questions texts docs lock published image image-replicas sbom clean

check: format lint types contracts judges  ## everything that CI runs
	$(MAKE) test

test: $(VENV)/ready judges  ## the tests alone
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup $(PYTEST)

judges: $(JUDGES)/ready  ## other people's tools, which judge our files in tests/interop

coverage: $(VENV)/ready  ## the tests, with the branches that they take; twice as slow
	$(MAKE) test PYTEST="--cov --cov-report=term"

try: $(VENV)/ready  ## the bot in a Slack on this machine
	@$(BIN)/python -m bot try $(ARGS)

bench: $(VENV)/ready  ## speed, side by side with a floor
	$(BIN)/python -m tests.bench

bench-scale: $(VENV)/ready  ## what many workspaces and several replicas come to; options go into ARGS
	$(BIN)/python -m tests.scale $(ARGS)

soak: $(VENV)/ready  ## weeks of 200 people in fast motion, in which much goes wrong; options go into ARGS
	@$(BIN)/python -m tests.soak $(ARGS)

replicas: $(VENV)/ready  ## replicas on one PostgreSQL that are killed at random, with it; options go into ARGS
	@$(BIN)/python -m tests.replicas $(ARGS)

fix: $(VENV)/ready  ## format, and fix what ruff can fix
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

format: $(VENV)/ready
	$(BIN)/ruff format --check $(SOURCES)

lint: $(VENV)/ready
	$(BIN)/ruff check $(SOURCES)

types: $(VENV)/ready
	$(BIN)/mypy

contracts: $(VENV)/ready
	$(BIN)/lint-imports

docs: $(VENV)/ready  ## docs as a site, in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

questions: $(VENV)/ready  ## what people ask, and how much of it is answered; writes docs/questions.md
	$(BIN)/python -m tests.questions --write docs/questions.md

texts: $(VENV)/ready  ## every text that people meet in the acceptance scripts
	@$(BIN)/python -m tests.texts

TYPES := build/slack-types
PUBLISHED := tests/local_slack/published
published: $(VENV)/ready  ## the types that Slack publishes for blocks, as a schema; needs npm
	mkdir -p $(TYPES) && cp $(PUBLISHED)/shown.ts $(TYPES)
	cd $(TYPES) && npm install --silent --no-save @slack/types ts-json-schema-generator
	cp $(TYPES)/node_modules/@slack/types/LICENSE $(PUBLISHED)/LICENSE
	$(TYPES)/node_modules/.bin/ts-json-schema-generator --path $(TYPES)/shown.ts --type Shown --no-type-check \
	  | $(BIN)/python -m tests.local_slack.published $$(node -p "require('./$(TYPES)/node_modules/@slack/types/package').version") > $(TYPES)/blocks.schema.json
	mv $(TYPES)/blocks.schema.json $(PUBLISHED)/blocks.schema.json

picture: $(VENV)/ready  ## the documents' pictures, taken from the page
	$(BIN)/python -m tests.browser.pictures

# An empty script connects a workspace to the store; without one there is no log to read into.
decisions: export DATABASE_URL := sqlite:///build/decisions/log.db
decisions: $(VENV)/ready  ## docs/decisions, through the bot's own log and back
	rm -rf build/decisions && mkdir -p build/decisions
	$(BIN)/python -m bot try --script /dev/null --database build/decisions/log.db
	$(BIN)/python -m bot decisions import docs/decisions
	$(BIN)/python -m bot decisions export build/decisions/files --format madr
	rm docs/decisions/*.md && cp build/decisions/files/*.md docs/decisions/

ENGINE ?= podman
IMAGE := common-ground:$(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' bot/__init__.py)
image: export BUILDAH_FORMAT := docker  # podman's own format has no health check
image: $(VENV)/ready  ## the image, built, and lived with in the Slack on this machine
	$(ENGINE) build --tag $(IMAGE) $(BUILD) .
	$(BIN)/python -m tests.packaged $(ENGINE) $(IMAGE)

COMPOSE ?= podman-compose
image-replicas: $(VENV)/ready  ## compose.postgres.yaml, with the image that make image built, lived with in the Slack on this machine
	$(BIN)/python -m tests.packaged.replicas "$(COMPOSE)"

SBOM := build/sbom
sbom:  ## what an installation is made of, in build/sbom.cdx.json
	rm -rf $(SBOM)
	$(PYTHON) -m venv $(SBOM)/tools && $(PYTHON) -m venv --without-pip $(SBOM)/installed
	$(SBOM)/tools/bin/pip install -q --require-hashes -r deploy/build-requirements.txt
	$(SBOM)/tools/bin/hatchling build --target wheel --directory $(SBOM)
	$(SBOM)/tools/bin/pip --python $(SBOM)/installed install -q --require-hashes -r deploy/requirements.txt
	$(SBOM)/tools/bin/pip --python $(SBOM)/installed install -q --no-deps $(SBOM)/*.whl
	deploy/write-sbom $(SBOM)/tools $(SBOM)/installed build/sbom.cdx.json

COMPILE := $(BIN)/pip-compile -q --generate-hashes --allow-unsafe --no-strip-extras --no-emit-index-url \
  --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate

lock: $(VENV)/ready  ## choose versions anew; UPGRADE= keeps those that fit
	$(BIN)/pip install -q pip-tools
	$(COMPILE) --extra dev $(UPGRADE) --output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --constraint requirements-dev.txt $(UPGRADE) --output-file requirements.txt pyproject.toml
	$(COMPILE) $(addprefix --extra ,samples traces postgres mcp maps) --constraint requirements-dev.txt $(UPGRADE) --output-file deploy/requirements.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --output-file deploy/build-requirements.txt deploy/build-requirements.in
	$(COMPILE) $(UPGRADE) --output-file tests/interop/requirements.txt tests/interop/requirements.in

$(VENV)/ready: requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

$(JUDGES)/ready: tests/interop/requirements.txt
	$(PYTHON) -m venv $(JUDGES)
	$(JUDGES)/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-compile -r $<
	touch $@

clean:
	rm -rf .venv .venv-* .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
