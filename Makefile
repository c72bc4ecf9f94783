# One word a thing. Everything stands on `make setup`, which needs python3 (3.11+) and nothing else.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.setup-done

.PHONY: setup browser demo test check bench faults faults-replicas lock clean help

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## make .venv with everything pinned

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Customer Seat needs Python 3.11 or newer; this python3 is %d.%d. Try: make PYTHON=python3.11 setup" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "python3 has no venv module here. Install it (Debian, Ubuntu: apt-get install python3-venv) and run this again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup ## play one whole review and keep running (DEMO=once: exit after the transcript)
	$(BIN)/customer-seat demo $(if $(filter once,$(DEMO)),--once)

test: setup browser ## run every test
	$(BIN)/python -m pytest -n 2

browser: ## find a Chromium for the browser tests, or install Debian's
	@command -v chromium || command -v chromium-browser || command -v google-chrome || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "No Chromium here: installing Debian's for the browser tests."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "No Chromium here: the browser tests are skipped. Debian, Ubuntu: apt-get install chromium"; \
	  fi; }

check: setup ## format, lint, types, arrows, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

faults: setup ## play N seeded stories while things go wrong, and audit each (N=1000)
	$(BIN)/python -m tests.faults -n $(or $(N),1000)

faults-replicas: setup ## the same audit after 200 people and 1 to 4 processes, killed at random
	$(BIN)/python -m tests.faults.replicas

bench: setup ## measure the acknowledgement beside a no-op Bolt app
	$(BIN)/python -m bench.ack

lock: ## resolve the newest versions again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -q -o requirements.lock pyproject.toml

clean: ## remove what setup and the tests leave
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
