# Needs make and Python 3.11 or 3.12, nothing else prepared. `make` or `make help` says what there is.

# An active virtual environment or a PYTHONPATH is somebody else's: it must not reach ours.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

BIN := .venv/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev test coverage chaos check demo bench clean

help: ## Say what there is.
	@echo "make demo     set up, play a whole day of the demonstration departments, go on serving (ONCE=1: end after it)"
	@echo "make test     set up and run the tests"
	@echo "make coverage run the tests and say which lines they did not come to (half as long again)"
	@echo "make chaos    play the demonstration while processes are killed, transcripts under faults, anything at the webhooks (minutes)"
	@echo "make check    lint, format and types"
	@echo "make bench    measure, in minutes (LONG=1: the forms worth quoting)"
	@echo "make setup    only build .venv from requirements.lock"
	@echo "make clean    remove .venv and caches; the data in var/ stays"

# Runs set_up.py with the first Python that will do.
define set_up
	@for python in python3.12 python3.11 python3 python; do \
		if $$python -I -c 'import sys, ensurepip, venv; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' \
			>/dev/null 2>&1; then exec $$python -I bot/cli/set_up.py $(1); fi; \
	done; \
	echo "Dutyline needs Python 3.11 or 3.12 with its venv module (Debian, Ubuntu: apt install python3.12-venv)." >&2; \
	exit 1
endef

setup:
	$(call set_up)

setup-dev:
	$(call set_up,--dev)

test: setup-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: setup-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term:skip-covered

chaos: setup-dev
	DUTYLINE_CHAOS=1 $(BIN)/python -m pytest tests/demo tests/transcripts/test_faults.py tests/transcripts/test_saving.py tests/webhooks/test_anything.py tests/races/test_calls_survive_a_kill.py tests/races/test_ladder_by_call.py tests/rules/test_award_properties.py tests/rules/test_time_properties.py

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

demo: setup
	$(BIN)/dutyline demo $(if $(filter-out 0 no,$(ONCE)),--once)

bench: setup-dev
	$(BIN)/python -m bench $(if $(filter-out 0 no,$(LONG)),--long)

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
