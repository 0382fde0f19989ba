# `make demo` shows what paperkg does, `make test` checks that it does.

PYTHON ?= python3
BIN := .venv/bin
DEMO := build/demo/papers.kgl
KG := $(BIN)/kg
ARGS ?=

.PHONY: help demo test coverage lint clean
.DELETE_ON_ERROR:

help:
	@echo "make demo      set up .venv, load a small corpus, ask it a question"
	@echo "make test      set up .venv, run every test (ARGS='-k store' for some)"
	@echo "make coverage  the same, and which lines no test runs"
	@echo "make lint      style, types and import contracts"
	@echo "make clean     delete .venv and all that was built"

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "paperkg needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1);" \
	    "name another: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.developing: .venv/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,parquet]'
	@touch $@ .venv/.installed

demo: .venv/.installed
	@rm -rf build/demo && mkdir -p build/demo
	$(KG) load kg/demo/papers.jsonl --store $(DEMO)
	$(KG) ask "Which methods compete with LoRA?" --evidence --limit 8 --store $(DEMO)
	@echo
	@echo "To try next:"
	@echo "  $(KG) ask 'What improves on QLoRA?' --evidence --store $(DEMO)"
	@echo "  $(KG) show QLoRA --store $(DEMO)"
	@echo "  $(KG) queries"

test: .venv/.developing
	@$(BIN)/python -m pytest $(ARGS)

coverage: .venv/.developing
	@$(BIN)/python -m coverage run -m pytest $(ARGS)
	@$(BIN)/python -m coverage report

lint: .venv/.developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf .venv build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find kg loaders tests -name __pycache__ -prune -exec rm -r {} +
