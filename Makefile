# Plain `make` lists what there is. Everything lives in .venv, made from the lock files in requirements/.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
ALL_TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help run install test test-clients test-face test-cluster test-s3 test-varnish check format messages docs docs-pictures lock bench clean

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/run.stamp ## serve the demonstration newspaper on http://$(HOST):$(PORT)
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/broadsheet demo --site site

install: .venv/dev.stamp ## set up .venv, for running and for working on the code

test: .venv/dev.stamp ## every check and every test
	@$(BIN)/python -m tests.everything

test-clients: .venv/dev.stamp ## install real Akismet clients, and a WordPress where there is one, and have them ask the spam service
	@$(BIN)/python -m tests.clients.install
	@$(BIN)/python -m pytest -q tests/clients

test-face: .venv/dev.stamp ## install Lighthouse, axe and the W3C's checker, and hold the demonstration's pages to their budgets
	@$(BIN)/python -m tests.face.install
	@CI=true $(BIN)/python -m pytest -q tests/face

test-cluster: .venv/dev.stamp ## serve one paper from seven machines, and take one after the other away (root; apt install haproxy iproute2 postgresql, and what test-s3 needs)
	@CI=true DATABASE_URL= $(BIN)/python -m pytest -q -s tests/cluster

test-s3: .venv/dev.stamp ## keep backups and photos on a real S3-compatible store (apt install swift swift-proxy swift-account swift-container swift-object memcached)
	@CI=true $(BIN)/python -m pytest -q tests/s3

test-varnish: .venv/dev.stamp ## ask a real Varnish (apt install varnish) whether it keeps and purges pages as it should
	@CI=true $(BIN)/python -m pytest -q tests/press/test_varnish.py

check: .venv/dev.stamp ## format, lint, types, import rules, templates, migrations
	@$(BIN)/python -m tests.checks

format: .venv/dev.stamp ## put code and templates into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .
	find src -name '*.html' -not -path '*/docs/*' | xargs $(BIN)/djhtml --tabwidth 2

messages: .venv/dev.stamp ## gather the strings to translate into locale/, and compile what is translated (needs gettext)
	cd src/broadsheet && ../../$(BIN)/django-admin makemessages --all --no-obsolete --no-wrap --add-location file
	cd src/broadsheet && ../../$(BIN)/django-admin compilemessages

docs: .venv/docs.stamp ## make a site of docs/ in build/docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet && echo "Open build/docs/index.html."

docs-pictures: .venv/dev.stamp ## walk the guide in a browser, and take its pictures anew
	$(BIN)/python -m tests.guide.pictures

bench: .venv/dev.stamp ## measure, and print the table of the README
	$(BIN)/python -m bench

lock: .venv/dev.stamp ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header -q -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --extra static --extra s3 --extra otel --extra dev --universal --generate-hashes --no-header -q -o requirements/dev.lock
	$(BIN)/uv pip compile pyproject.toml --extra docs -c requirements/dev.lock --universal --generate-hashes --no-header --no-annotate -q -o requirements/docs.lock

clean: ## remove .venv and caches (the site stays)
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache

.venv/python.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "Broadsheet needs Python 3.11 or newer, and '$(PYTHON)' was not found. Install it (Debian: apt install python3 python3-venv), or say where it is: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Broadsheet needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Say where a newer one is: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. Install it (Debian and Ubuntu: apt install python3-venv) and try again."; exit 1; }
	@echo "Setting up .venv (once) …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/run.lock pyproject.toml
	@test -e .venv/dev.stamp || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock \
	  || { echo "Installing the dependencies failed (see above). Is the network reachable?"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . && touch $@

.venv/dev.stamp: .venv/python.stamp requirements/dev.lock pyproject.toml
	@echo "Installing what development needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock \
	  || { echo "Installing the dependencies failed (see above). Is the network reachable?"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . && touch $@ .venv/run.stamp

.venv/docs.stamp: .venv/dev.stamp requirements/docs.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.lock && touch $@
