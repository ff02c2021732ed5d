# One verb a line; what a verb does is written and tested in grader/autograder/.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
UV := 0.13.9
LEARNER := numpy matplotlib ipython ipywidgets
RESOLUTION ?= highest
SOURCES := grader nbgrader_config.py

# An active conda environment made from environment.yml is used as it is; anything else gets .venv/.
CONDA := $(if $(CONDA_PREFIX),$(wildcard $(CONDA_PREFIX)/bin/course))
BIN := $(if $(CONDA),$(CONDA_PREFIX)/bin,$(CURDIR)/.venv/bin)
READY := $(if $(CONDA),,.venv/.ready) .venv-learner/.ready
export PATH := $(BIN):$(PATH)

.PHONY: help setup lab demo test test-hostile test-burners test-marks test-trades test-slice test-exchange fuzz audit bench bench-table bench-judge bench-check bench-mutants bench-plan lint solutions release bundle site lock clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY)  ## install everything (the other verbs do this by themselves)

lab: setup  ## open JupyterLab on a working copy of the notebooks
	course lab

demo: setup  ## release, grade and give feedback to a small sample class
	course demo

test: setup lint  ## everything that continuous integration runs
	pytest -q -n 2 --dist loadfile -W error --doctest-modules --nbval --nbval-current-env --nbval-cell-timeout=60 \
	  grader solutions

test-burners: setup  ## grade honest learners beside some who keep all processors busy
	python -m tests.hostile.burners

test-hostile: setup  ## grade a class of hostile submissions in the sandbox; print what got through
	python -m tests.hostile.run

bench-judge: setup  ## gradient checks side by side: who passes wrong answers, who refuses right ones
	OPENBLAS_NUM_THREADS=1 python -m benchmarks.judge

bench-check: setup  ## how long a learner waits for the visible check
	OPENBLAS_NUM_THREADS=1 python -m benchmarks.check

test-marks: setup  ## grade every answer of the collection under twenty secrets: one mark each (long)
	ALL_ANSWERS=1 pytest -q -n 2 -W error grader/tests/gradcheck/judging/test_marks.py \
	  grader/tests/gradcheck/chapters/test_rules.py

test-trades: setup  ## search all pairs of known faults for one that earns more than the honest loss
	OPENBLAS_NUM_THREADS=1 python -m tests.answers.trades

audit: setup  ## look the versions of the lock up in the list of known vulnerabilities
	python -m tests.project.audit

bench-table: setup  ## what it costs to answer a class's hidden tests by a table of what was seen
	OPENBLAS_NUM_THREADS=1 python -m benchmarks.answer_table

test-exchange: setup  ## nbgrader's exchange, both directions, as two ordinary users (needs root)
	COURSE_EXCHANGE=1 pytest -q -W error grader/tests/autograder/gradebook/test_exchange.py

test-slice: setup  ## grade all answers, samples and the hostile class with and without what no mark depends on (long)
	OPENBLAS_NUM_THREADS=1 python -m tests.slices.run

fuzz: setup  ## draw EXAMPLES=20000 odd archives, notebooks, answers and replies for each test (an hour on 2 cores)
	COURSE_FUZZ=$(or $(EXAMPLES),20000) pytest -q -n 2 -W error $$(grep -rl '@fuzzed\|= fuzzed' grader/tests)

bench-mutants: setup  ## change the solutions by machine and count what the judge lets through
	OPENBLAS_NUM_THREADS=1 python -m benchmarks.mutants

bench: setup  ## measure what grading costs, beside stock nbgrader and beside a floor
	python -m benchmarks.throughput

bench-plan: setup  ## measure every chapter, and plan an evening for 100,000 learners with it
	python -m benchmarks.plan

lint: setup  ## style, types, and which room may import which
	ruff check $(SOURCES)
	ruff format --check $(SOURCES)
	lint-imports
	mypy

solutions: setup  ## run the reference solutions and bring them into canonical form
	course solutions

release: setup  ## make notebooks/ from solutions/, and the bundle
	course release

bundle: setup  ## make dist/backprop-learner/ and the same as a zip file: what learners get
	course bundle

site: setup  ## make dist/site/: the course in a browser (OFFLINE=1: without internet, too)
	course site $(if $(OFFLINE),--offline)

lock: setup  ## choose all versions anew from pyproject.toml (RESOLUTION=lowest-direct: the oldest that it allows)
	uv pip compile -q --universal --no-header --fork-strategy fewest --all-extras --python-version 3.11 \
	  --resolution $(RESOLUTION) --upgrade pyproject.toml -o requirements.lock

clean:  ## remove the virtual environments (never a class)
	rm -rf .venv .venv-learner build dist

.venv/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "there is no program $(PYTHON): install Python 3.11 or later, \
	or name yours: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
	  "this course needs Python 3.11 or later, and $(PYTHON) is " + sys.version.split()[0] + \
	  ". If you have a later one, name it: make PYTHON=python3.13 $(MAKECMDGOALS)")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. \
	On Debian and Ubuntu: sudo apt install python3-venv. Then give the same command again." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install -q --disable-pip-version-check uv==$(UV) \
	  || echo "uv is out of reach: pip does the same in minutes"
	@$(call install,.venv,-r requirements.lock,--compile-bytecode)
	@$(call install,.venv,--no-deps --no-build-isolation -e .)
	@touch $@

# What a learner's code can import while it is graded: no autograder, no solutions, no nbgrader, not even pip.
# It is read-only then, so its bytecode and matplotlib's list of fonts are made here, once.
.venv-learner/.ready: requirements.lock $(if $(CONDA),,.venv/.ready)
	$(BIN)/python -m venv --clear --without-pip .venv-learner
	@$(call install,.venv-learner,-c requirements.lock $(LEARNER),--compile-bytecode)
	@MPLCONFIGDIR=.venv-learner/share/mpl .venv-learner/bin/python -c 'import matplotlib.font_manager'
	@touch $@

install = uv pip install -q $(3) --python $(1)/bin/python $(2) \
  || $(BIN)/python -m pip --python $(1)/bin/python install -q --disable-pip-version-check $(2)
