# Safar's commands. `make help` lists them.
PYTHON ?= python3.11
# Where PyTorch's CPU wheels are, for hosts whose pip does not offer one: make run TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
TORCH := torch==2.13.0
# Many tests wait, for a page or a server, so that three processes keep two cores busy.
TEST_PROCESSES ?= 3
BIN := .venv/bin
INPUTS := requirements.lock pyproject.toml
STAMP := .venv/.installed-$(shell cat $(INPUTS) Makefile 2>/dev/null | sha256sum | cut -c1-16)

export RASA_TELEMETRY_ENABLED := false
export SAFAR_RASA_QUIET := 1
export TOKENIZERS_PARALLELISM := false
export HF_HUB_OFFLINE := 1

.PHONY: help setup run test check lock bench bench-language browser

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## create .venv and install the locked packages (done by the others when needed)

$(STAMP):
	@command -v $(PYTHON) >/dev/null || { echo "Safar needs Python 3.11: install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "$(PYTHON) is not Python 3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing packages into .venv (about 2 GB, once)"
	$(BIN)/pip install --quiet $(TORCH) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(BIN)/pip install --quiet --no-deps --ignore-requires-python -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	rm -f .venv/.installed-*; touch $@

run: setup  ## set up, train if needed, start everything; prints the addresses
	$(BIN)/safar run

test: setup browser  ## set up and run all tests
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile

check: setup  ## format, lint, types, imports, house rules (under 2 minutes)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_house_rules.py

browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null && command -v nginx >/dev/null && command -v caddy >/dev/null || { \
	  echo "Installing Chromium and its driver for the page tests, nginx and Caddy for the sample files"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium chromium-driver fonts-noto-core nginx-light caddy >/dev/null; }

lock:  ## solve requirements.in into requirements.lock and prove that each name installs on Python 3.11
	bash deploy/lock.sh $(PYTHON)

bench: setup .venv-vanilla/bin/rasa  ## print the measured figures of docs/figures.md again
	$(BIN)/python -m benchmarks

bench-language: setup  ## print the figures of the language core on public sets (about half an hour)
	$(BIN)/python -m benchmarks.language

.venv-vanilla/bin/rasa: benchmarks/vanilla.lock
	@echo "Installing a vanilla Rasa with TensorFlow for the comparison (about 4 GB, once)"
	$(PYTHON) -m venv .venv-vanilla
	.venv-vanilla/bin/pip install --quiet --no-deps --ignore-requires-python -r benchmarks/vanilla.lock
