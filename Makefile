# Two commands matter: `make demo` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
FUZZ ?= 10000
# Other payloads each time; the seed is shown with the command, to try the same ones again.
FUZZ_SEED := $(or $(FUZZ_SEED),$(shell date +%s))
# Tests start hundreds of processes of ours: where nothing compiled is kept, each compiles the product anew.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help setup setup-run demo test e2e check lint types contracts rules mutants lock gallery screenshots \
	browser bench-turn bench-allocation bench-faults bench-fanout bench-year fuzz audit clean

help: ## List what can be made
	@grep -hE '^[a-z][a-zA-Z0-9_-]*:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

$(VENV)/.run: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Plumbline needs Python 3.11 or newer; set PYTHON=/path/to/python3."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

# In an environment of its own, so that nothing of it comes near what is shipped or tested.
$(VENV)/.audit: requirements/audit.lock $(VENV)/.run
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.lock
	touch $@

setup-run: $(VENV)/.run ## Install what the product needs to run
setup: $(VENV)/.dev ## Install what tests and checks need too

demo: setup-run ## Open a make-believe council in Microsoft's local Teams client (PLAYGROUND=no: as text)
	@$(PY) -m bot demo

lock: setup ## Renew the locked, hashed dependencies
	$(VENV)/bin/uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements/run.in -o requirements/run.lock
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements/dev.in -o requirements/dev.lock
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements/audit.in -o requirements/audit.lock

# In the order of the folders: by the number of their tests, the slowest files would begin last.
test: setup ## Run the tests, on SQLite and on PostgreSQL
	$(PY) -m pytest -q -n 4 --dist loadfile --no-loadscope-reorder

browser: setup
	$(PY) -m tools.browser_parts

e2e: browser ## Run an audit in the real client, in a headless browser, and check every card (artefacts/)
	$(PY) -m bot gallery artefacts/gallery
	node tools/check_cards.mjs artefacts/gallery
	$(PY) -m pytest -q -m e2e

fuzz: setup ## Try every verb with FUZZ odd payloads (10,000), and every button on every object
	PLUMBLINE_FUZZ=$(FUZZ) PLUMBLINE_FUZZ_SEED=$(FUZZ_SEED) $(PY) -m pytest -q -n auto --dist worksteal tests/security

audit: $(VENV)/.audit setup ## Ask the internet for known faults in what is locked (2: could not check)
	@$(PY) -m tools.audit $(VENV)/audit/bin/pip-audit

rules: setup ## Say which rules of the framework have a passing test
	$(PY) -m tools.rules

mutants: setup ## Change the rules in small ways and say what no test notices
	$(PY) -m tools.mutants

bench-turn: setup ## Measure turns a second beside two references
	$(PY) -m bench.turn

bench-allocation: setup ## Measure the planning of a small and a large council
	$(PY) -m bench.allocation

bench-fanout: setup ## Measure ten thousand notices under Teams' limits
	$(PY) -m bench.fanout

bench-year: setup ## Measure a rehearsal of the whole year of a small and a large council
	$(PY) -m bench.year

bench-faults: setup ## Kill processes and take away what they lean on, and count what is lost
	$(PY) -m bench.faults

gallery: setup-run ## Write every card as JSON to artefacts/gallery
	$(PY) -m bot gallery artefacts/gallery

screenshots: browser ## Draw the pictures of the documentation anew from the real client
	$(PY) -m tools.screenshots

lint: setup ## Check style
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

types: setup ## Check types
	$(VENV)/bin/mypy

contracts: setup ## Check who imports whom
	$(VENV)/bin/lint-imports

check: lint types contracts ## Style, types and import contracts

clean: ## Remove what the make targets built
	rm -rf $(VENV) node_modules var build artefacts
