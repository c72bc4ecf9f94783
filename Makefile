# One word a thing. Everything stands on `make setup`, which needs python3 (3.11+) and nothing else.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.setup-done

.PHONY: setup image-steps pictures demo test check bench faults faults-replicas mutation fuzz lock clean help

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 17

setup: $(STAMP) ## make .venv with everything pinned

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Customer Seat needs Python 3.11 or newer; this python3 is %d.%d. Try: make PYTHON=python3.11 setup" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "python3 has no venv module here. Install it (Debian, Ubuntu: apt-get install python3-venv) and run this again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup ## a practice workspace where one whole review is played (DEMO=once: transcript only, DEMO=step: step by step, KEEP=file: goes on next time)
	$(BIN)/customer-seat demo $(if $(filter once,$(DEMO)),--once) $(if $(filter step,$(DEMO)),--step) $(if $(KEEP),--keep "$(KEEP)")

test: setup ## run every test
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: setup ## format, lint, types, arrows, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

faults: setup ## play N seeded stories while things go wrong, and audit each (N=1000)
	$(BIN)/python -m tests.faults -n $(or $(N),1000)

faults-replicas: setup ## 200 people, 30 channels, up to 4 real processes killed and added (SEED=0 RUNS=4 SIZE=full)
	$(BIN)/python -m tests.replicas --seed $(or $(SEED),0) --runs $(or $(RUNS),4) --size $(or $(SIZE),full)

mutation: setup ## make the rules of access wrong, one small turn at a time, and see a test fail each time
	$(BIN)/python -m tests.mutation

fuzz: setup ## try what is typed, sent and written, guided by coverage (SECONDS=60 for each; Linux on x86-64)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target build/fuzz -r requirements-fuzz.txt
	PYTHONPATH=build/fuzz $(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60)

pictures: setup ## make docs/pictures anew from the running demo
	$(BIN)/python -m tests.browser.pictures

bench: setup ## measure the acknowledgement beside a no-op Bolt app, and a card beside 300 presses
	$(BIN)/python -m bench.ack
	$(BIN)/python -m bench.presses

image-steps: setup ## build and try what the Dockerfile does, where no engine is at hand
	$(BIN)/python -m tests.image.steps

lock: ## resolve the newest versions again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -q -o requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock -o deploy/image/requirements.lock pyproject.toml
	echo hatchling | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock -o deploy/image/build-requirements.lock -

clean: ## remove what setup and the tests leave
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
