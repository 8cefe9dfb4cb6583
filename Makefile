# Everything a contributor runs. `make help` lists the targets.
#
# PYTHON is the interpreter that the environments are made from, 3.10 to 3.13:  make test PYTHON=python3.13
# Another PYTHON, or a changed requirements file, creates the environment again.

PYTHON ?= python3

VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
ifeq ($(VERSION),)
$(error "$(PYTHON)" does not run; name an interpreter: make PYTHON=/path/to/python3)
endif

# .venv: for the checks of `make test`.  The others: just enough for what they are named after.
# The stamps say for which Python they are complete.
BIN := .venv/bin
READY := .venv/.ready-$(VERSION)
CARRIED_READY := .venv/.ready-carried
DEMO_BIN := .venv-demo/bin
DEMO_READY := .venv-demo/.ready-$(VERSION)
BENCH_BIN := .venv-bench/bin
BENCH_READY := .venv-bench/.ready-$(VERSION)
MATRIX_BIN := .venv-matrix/bin
MATRIX_READY := .venv-matrix/.ready-$(VERSION)
ARTEFACT_BIN := .venv-artefact/bin
ARTEFACT_READY := .venv-artefact/.ready-$(VERSION)
DOCS_BIN := .venv-docs/bin
DOCS_READY := .venv-docs/.ready-$(VERSION)

# This folder under the name that Ansible and Python import it by
COLLECTIONS := .venv/collections
NAMESPACE := $(COLLECTIONS)/ansible_collections/audiocodes

PIP_INSTALL := -m pip install --quiet --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help test lint typecheck unit faults coverage soak mutants sanity e2e long golden bench-numbers integration matrix runners artefact \
        docs format demo bench simulator build publish clean distclean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

# Each of the first four keeps one processor busy, each of the others two
test: $(READY) $(CARRIED_READY) ## Run all checks but those that take long
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target sanity lint typecheck unit
	@$(MAKE) --no-print-directory faults
	@$(MAKE) --no-print-directory e2e
	@echo "All checks passed."

lint: $(READY) ## Check style and metadata: ruff, ansible-lint, changelog fragments
	@echo "== lint"
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	PATH="$(CURDIR)/$(BIN):$$PATH" ANSIBLE_COLLECTIONS_PATH="$(CURDIR)/$(COLLECTIONS)" $(BIN)/ansible-lint -q --strict
	$(BIN)/antsibull-changelog lint

typecheck: $(READY) ## Check types: mypy strict on the engine, the simulator and the benchmark
	@echo "== typecheck"
	$(BIN)/mypy

unit: $(READY) ## Test the engine and the simulator, without ansible-playbook
	@echo "== unit"
	$(BIN)/pytest -n 2 --dist worksteal tests/unit

faults: $(READY) ## Test with every kind of failure, short form: matrix, campaign, killed runs
	@echo "== faults"
	$(BIN)/pytest -n 2 --dist worksteal tests/faults

coverage: $(READY) ## Lines and branches that unit tests and faults reach; not those that only ansible-playbook does
	@echo "== coverage"
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered tests/unit tests/faults

soak: $(READY) ## The same, long form; options: make soak ARGS="--help"
	@echo "== soak"
	PYTHONPATH=$(COLLECTIONS):tests $(BIN)/python -m faults.soak $(ARGS)

mutants: $(READY) ## Break the table of what follows each event of a submission, cell by cell; say what no test notices
	@echo "== mutants"
	$(BIN)/python tests/tools/mutate_transitions.py

sanity: $(READY) ## Run ansible-test sanity on what the artefact will hold
	@echo "== sanity"
	$(BIN)/python tests/tools/sanity.py $(ARGS)

e2e: $(READY) $(CARRIED_READY) ## Run ansible-playbook against the simulator
	@echo "== e2e"
	$(BIN)/pytest -n 3 --dist worksteal -m "not long" tests/e2e

long: $(READY) $(CARRIED_READY) ## Run the end-to-end tests that take long: interruption, benchmark, demo and others
	@echo "== long"
	$(BIN)/pytest -n 3 --dist worksteal -m long tests/e2e

golden: $(READY) ## Write again what users see (documentation, output of the playbooks); look at the difference
	@echo "== golden"
	rm -rf tests/e2e/golden
	GOLDEN=write $(BIN)/pytest -n 2 -m "long or not long" tests/e2e/test_golden.py

integration: $(READY) ## Run ansible-test integration against the simulator; options: make integration ARGS=oc_service
	@echo "== integration"
	PYTHONPATH=tests $(BIN)/python tests/tools/integration.py $(ARGS)

matrix: $(MATRIX_READY) $(CARRIED_READY) ## Sanity and unit tests on every ansible-core; options: make matrix ARGS="--list"
	$(MATRIX_BIN)/nox $(ARGS)

runners: $(MATRIX_READY) $(READY) ## Run jobs with several versions of ansible-runner, as controllers do
	$(MATRIX_BIN)/nox -t runners $(ARGS)

artefact: $(ARTEFACT_READY) ## Build the artefact, import it as Galaxy would, run every module from it
	@echo "== artefact"
	$(ARTEFACT_BIN)/python -m pytest tests/artefact

docs: $(DOCS_READY) ## Check the documentation and build the site into build/docs/html
	@echo "== docs"
	PATH="$(CURDIR)/$(DOCS_BIN):$$PATH" $(DOCS_BIN)/python docs/site/build.py

format: $(READY) ## Format the Python code and fix what ruff can fix
	$(BIN)/ruff check --quiet --fix
	$(BIN)/ruff format --quiet

demo: $(DEMO_READY) ## Onboard sample customers on the simulator and show what exists then
	$(DEMO_BIN)/python tests/demo/demo.py $(ARGS)

bench: $(BENCH_READY) ## Measure against a uri playbook and a bare client; options: make bench ARGS="--help"
	PYTHONPATH=tests $(BENCH_BIN)/python -m benchmark $(ARGS)

bench-numbers: $(BENCH_READY) ## Measure what 10,000 telephone numbers cost
	PYTHONPATH=tests $(BENCH_BIN)/python -m benchmark.numbers

simulator: $(READY) ## Start the simulator by hand; options: make simulator ARGS="--help"
	PYTHONPATH=tests $(BIN)/python -m simulator $(ARGS)

build: $(READY) ## Build the collection artefact into build/
	rm -f build/audiocodes-live_platform-*.tar.gz
	$(BIN)/ansible-galaxy collection build --force --output-path build

publish: build ## Publish the artefact; TAG is v and the version, GALAXY_TOKEN is in the environment
	@grep -qxF "version: $(TAG:v%=%)" galaxy.yml || { echo "The tag $(TAG) is not the version of galaxy.yml"; exit 1; }
	@grep -qxF "  $(TAG:v%=%):" changelogs/changelog.yaml || { echo "changelogs/changelog.yaml has no release $(TAG:v%=%)"; exit 1; }
	@$(BIN)/ansible-galaxy collection publish --token "$$GALAXY_TOKEN" build/audiocodes-live_platform-$(TAG:v%=%).tar.gz

clean: ## Remove what the checks and builds left behind
	rm -rf build tests/output .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name .venv\* -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove the environments too
	rm -rf .venv .venv-demo .venv-bench .venv-matrix .venv-artefact .venv-docs .nox

# From the requirements files that the target depends on, in the folder that the argument names
define make-environment
@echo "== making $(1) with Python $(VERSION)"
@$(PYTHON) -m venv --clear $(1)
@$(1)/bin/python $(PIP_INSTALL) --upgrade pip
@$(1)/bin/python $(PIP_INSTALL) $(addprefix -r ,$^)
endef

$(READY): requirements.txt tests/requirements.txt tests/cell-requirements.txt
	$(call make-environment,.venv)
	@mkdir -p $(NAMESPACE)
	@ln -sfn ../../../.. $(NAMESPACE)/live_platform
	@$(BIN)/python $(PIP_INSTALL) --target .venv/urllib3-1 --no-deps "urllib3<2"
	@touch $@

# Collections that tests need, out of the package that carries all collections
$(CARRIED_READY): $(READY) tests/tools/carried_collections.py
	@echo "== getting the collections awx.awx and ansible.posix"
	@$(BIN)/python tests/tools/carried_collections.py .venv/carried
	@touch $@

$(DEMO_READY): requirements.txt tests/demo/requirements.txt
	$(call make-environment,.venv-demo)
	@touch $@

$(BENCH_READY): requirements.txt tests/benchmark/requirements.txt
	$(call make-environment,.venv-bench)
	@mkdir -p .venv-bench/collections/ansible_collections/audiocodes
	@ln -sfn ../../../.. .venv-bench/collections/ansible_collections/audiocodes/live_platform
	@touch $@

$(MATRIX_READY): tests/matrix/requirements.txt
	$(call make-environment,.venv-matrix)
	@touch $@

$(ARTEFACT_READY): requirements.txt tests/artefact/requirements.txt tests/cell-requirements.txt
	$(call make-environment,.venv-artefact)
	@touch $@

$(DOCS_READY): requirements.txt docs/site/requirements.txt
	$(call make-environment,.venv-docs)
	@touch $@
