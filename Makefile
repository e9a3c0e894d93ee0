# Everything goes through here. `make demo` and `make test` need nothing but Debian, Python 3.11, gcc.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

ARGS ?=

.PHONY: setup browser demo tour screenshots test test-heavy mutate check docs edges bench \
	bench-population bench-platform clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@echo "==> creating $(VENV) and installing pinned packages"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { \
		echo "==> Debian keeps venv in a package of its own: installing python3-venv"; \
		apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
	@echo "==> ready: $(BIN)/tiaoli --help"

browser: setup
	@test -n "$$TIAOLI_CHROMIUM" || command -v chromium >/dev/null || { \
		if command -v apt-get >/dev/null; then \
			echo "==> installing Debian's chromium, for tests in a real browser"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
				chromium fonts-noto-cjk >/dev/null; \
		else echo "==> fetching Playwright's chromium"; $(BIN)/playwright install chromium; fi; }

demo: setup
	@sh examples/demo.sh $(BIN)/tiaoli
	@$(BIN)/tiaoli platform demo $(ARGS)

tour: setup
	@sh examples/tour.sh $(BIN)/tiaoli

screenshots: setup browser
	@echo "==> pictures of the pages for docs/images, from the invented world (some minutes)"
	@echo "    make screenshots ARGS='question review' for some of them"
	@PYTHONPATH=src $(BIN)/python screenshots/take.py $(ARGS)

test: setup browser
	@echo "==> all tests"
	@$(BIN)/pytest

test-heavy: setup
	@echo "==> properties with many more examples (several minutes)"
	@TIAOLI_HEAVY=1 $(BIN)/pytest tests/properties tests/spec
	@echo "==> the invented world on awkward days (some minutes)"
	@TIAOLI_HEAVY=1 $(BIN)/pytest tests/platform/test_world.py
	@echo "==> every question over populations: kernel, DuckDB, PostgreSQL, Spark (hours)"
	@echo "    make test-heavy TIAOLI_SUBJECTS=2000 for about an hour"
	@TIAOLI_HEAVY=1 $(BIN)/pytest tests/population

mutate: setup
	@echo "==> mutants of every regulation that no worked case notices (some ten minutes)"
	@echo "    make mutate ARGS='--regulation rrt-ce --sample 200 --seed 1' for less"
	@PYTHONPATH=src $(BIN)/python tests/mutation/run.py $(ARGS)

check: setup
	@echo "==> format and lint"
	@$(BIN)/ruff format --check src tests benchmarks screenshots
	@$(BIN)/ruff check src tests benchmarks screenshots
	@echo "==> types"
	@$(BIN)/mypy
	@echo "==> import contracts"
	@$(BIN)/lint-imports

docs: setup
	@mkdir -p docs/regulations
	@for id in $$($(BIN)/tiaoli regulations --json | $(BIN)/python -c \
		"import json, sys; print(*(r['id'] for r in json.load(sys.stdin)))"); do \
		echo "==> docs/regulations/$$id.md"; \
		$(BIN)/tiaoli show $$id --markdown > docs/regulations/$$id.md; done

edges: setup
	@for id in $$($(BIN)/tiaoli regulations --json | $(BIN)/python -c \
		"import json, sys; print(*(r['id'] for r in json.load(sys.stdin)))"); do \
		file=src/tiaoli/regulations/$$(echo $$id | tr - _)/regression/edges.toml; \
		echo "==> $$file"; mkdir -p $$(dirname $$file); \
		$(BIN)/tiaoli edges $$id --on 2026-06-30 > $$file.new && mv $$file.new $$file; done

bench: setup
	@echo "==> benchmarks (peers in a virtual environment of their own)"
	@$(BIN)/python benchmarks/run.py

bench-platform: setup
	@echo "==> every page of everybody, with 100,000 people on file (some seven minutes)"
	@echo "    make bench-platform ARGS='--people 10000' for a smaller run"
	@PYTHONPATH=src $(BIN)/python benchmarks/platform/run.py $(ARGS)

bench-population: setup
	@echo "==> two questions asked of populations, by engines and by hand (up to an hour)"
	@echo "    make bench-population ARGS='--sizes 10000,100000 --questions RT3' for a part"
	@echo "    make bench-population ARGS='--page-from build/bench-population' for the page alone"
	@PYTHONPATH=src $(BIN)/python benchmarks/population/run.py $(ARGS)

clean:
	rm -rf $(VENV) .venv-bench build src/*.egg-info
