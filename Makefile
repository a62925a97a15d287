# Every target sets up .venv first if that is not done. `make help` lists them.
VENV := .venv
RUN := $(VENV)/bin/python
LAB ?= ch02_mnist
# Two tests at a time: much of a test's time is waiting for a sandbox.
AT_ONCE := -n 2 --dist worksteal

# Logs of TensorFlow's C++ parts say nothing to a user here.
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: help setup demo test test-all labs check lab bundle lint format requirements benchmark integrity clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ #/' | awk -F' # ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(VENV)/installed ## Install everything into .venv

$(VENV)/installed: requirements.txt pyproject.toml tools/setup.sh
	@./tools/setup.sh

demo: setup ## Release the lab, grade a class of twelve, write feedback and a report
	@$(RUN) -m authoring build $(LAB)
	@$(RUN) -m grading demo --folder demo

test: setup ## Run the tests (under 30 minutes on two cores)
	@$(RUN) -m pytest $(AT_ONCE)

test-all: setup ## Also every lab, variant and answer, on real data and twins
	@$(RUN) -m pytest $(AT_ONCE) -m "slow or not slow"

labs: setup ## Generate labs/, the source notebooks from solutions/*/*.py, and docs/data.md
	@$(RUN) -m authoring build
	@$(RUN) -m data_scripts.page

check: setup ## Check the rules that every lab keeps, and its tests in plain nbgrader and refereed
	@$(RUN) -m authoring check

lab: setup ## Open a lab in JupyterLab: make lab LAB=ch02_mnist
	@$(RUN) -m jupyterlab labs/$(LAB)/$(LAB).ipynb

lint: setup ## Check style and spelling
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check . && $(RUN) -m codespell_lib

format: setup ## Mend style
	@$(RUN) -m ruff check --fix . ; $(RUN) -m ruff format .

benchmark: setup ## Measure: seconds a submission, ours and nbgrader's, in one run
	@$(RUN) benchmarks/grading_speed.py

integrity: setup ## Grade the attacks and oddities, ours beside plain nbgrader: docs/integrity.md
	@$(RUN) -m tests.integrity

requirements: ## Pin again from pyproject.toml (needs uv)
	@uv pip compile --universal --python-version 3.11 --no-annotate --all-extras pyproject.toml -o requirements.txt --custom-compile-command "make requirements"

clean: ## Remove what a run made; .venv and the data stay
	@rm -rf demo .pytest_cache .ruff_cache .hypothesis *.egg-info

bundle: ## What students get, without solutions and tests: build/labs-for-students.zip
	@mkdir -p build && git archive --format=zip -o build/labs-for-students.zip HEAD labs labkit data_scripts docs pyproject.toml README.md LICENSE
	@echo build/labs-for-students.zip
