# The two commands of the README, and the steps they are made of.
# PYTHON, VENV and PORT may be given: make run PORT=8080, make test PYTHON=python3.13 VENV=.venv-3.13
# requirements.txt and requirements-dev.txt lock every package with its hashes; what is installed is exactly that.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
STORIES ?= 1000

# Every process that the tests start would compile the newsroom again: a fifth of its start.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
# One process more than there are cores: each waits a quarter of its time, for servers, browsers and moments.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_OPTIONS)
COVERAGE :=
RANDOM_KEY := import secrets; print(secrets.token_urlsafe(50))
PRODUCTION = env DEBUG=0 SITE_URL=https://news.example.org SECRET_KEY=$(shell $(PYTHON) -c '$(RANDOM_KEY)')
LOCALES := $(notdir $(wildcard newsroom/locale/*))
DESK_TEMPLATES := find templates/desk -name '*.html' -exec
READER_TEMPLATES := find templates -path templates/desk -prune -o -type f -exec
ifneq ($(shell command -v uv),)
  MAKE_VENV := uv venv --quiet --python $(PYTHON) $(VENV)
  INSTALL = uv pip sync --quiet --python $(BIN)/python --require-hashes $(1)
else
  MAKE_VENV := $(PYTHON) -m venv $(VENV)
  INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) \
    && $(BIN)/python -I newsroom/surplus_packages.py $(1)
endif

# The environment keeps a copy of the lock that is installed. Contents are compared, not times: a lock that comes from an
# archive or by rsync may be older than the last installation.
INSTALLED = $(VENV)/.$(1)
DEVELOPERS := requirements-dev.txt

CHECK_START := $(PYTHON) -I newsroom/start_check.py
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: $(VENV)/.for-running $(VENV)/.for-testing
.PHONY: help run serve user prepare start-check test lint test-sqlite test-postgres coverage docs messages format bench \
  lock upgrade audit

help:
	@echo 'make run    set up and serve http://127.0.0.1:$(PORT)/'
	@echo 'make test   set up and check everything'
	@echo 'make bench  measure what pages cost; STORIES=100000, DATABASE=sqlite and OPTIONS may be given'
	@echo 'make serve  set up and serve as in production; needs SECRET_KEY and SITE_URL'
	@echo 'make user   make the account of the first chief editor; needs what make serve needs'
	@echo 'make lock   lock the packages that pyproject.toml asks for; make upgrade takes the newest versions'

run: start-check $(VENV)/.for-running .secret-key
	@echo 'Preparing the database'
	@DEBUG=1 SECRET_KEY=$$(cat .secret-key) SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} \
	  && export DEBUG SECRET_KEY SITE_URL \
	  && $(BIN)/python manage.py migrate --verbosity 0 \
	  && $(BIN)/python manage.py load_demo --address http://127.0.0.1:$(PORT)/ \
	  && exec $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# In production: the environment says everything else, as docs/settings.md lists it.
serve: start-check prepare
	@exec $(BIN)/python -m newsroom.server --port $(PORT)

# The first chief editor, who invites the others: OPTIONS=--invite prints a link in place of asking for a password.
user: prepare
	@$(BIN)/python manage.py add_person $(OPTIONS)

start-check:
	@$(CHECK_START) $(PORT)

prepare: $(VENV)/.for-running
	@test -n "$$SECRET_KEY" || { echo 'SECRET_KEY is not set: give a long random text that stays the same.' >&2; exit 2; }
	@test -n "$$SITE_URL" || { echo 'SITE_URL is not set: give the public address, as https://news.example.com' >&2; exit 2; }
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py check --deploy --database default
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0

test: lint test-sqlite test-postgres

lint: $(VENV)/.for-testing
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(DESK_TEMPLATES) $(BIN)/djade --check --target-version 5.2 {} +
	$(READER_TEMPLATES) $(BIN)/djlint --quiet --profile jinja --lint {} +
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

# Both databases run every test that needs one; the others run on SQLite.
test-sqlite: $(VENV)/.for-testing
	COVERAGE_FILE=.coverage.sqlite $(PYTEST) $(COVERAGE)

test-postgres: $(VENV)/.for-testing
	$(BIN)/python -m tests.postgres run -- \
	  env COVERAGE_FILE=.coverage.postgres $(PYTEST) $(COVERAGE)

# What no test runs, and which tests no longer run what tests/test_layout.py says that they do. Measuring takes half as
# long again, so `make test` does without.
coverage:
	$(MAKE) test-sqlite test-postgres COVERAGE='--cov --cov-report= --cov-context=test'
	$(BIN)/coverage combine --quiet .coverage.*
	$(BIN)/coverage report
	$(BIN)/python -m tests.exercised .coverage

format: $(VENV)/.for-testing
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .
	$(DESK_TEMPLATES) $(BIN)/djade --target-version 5.2 {} +

# What pages cost, in a database and on servers of its own: make bench STORIES=100000 OPTIONS='--only mixed'
bench: $(VENV)/.for-testing
	@$(BIN)/python -m tests.bench --stories $(STORIES) --database "$(DATABASE)" $(OPTIONS)

# The tables in docs/ that come from the code.
docs: $(VENV)/.for-testing
	$(BIN)/python -m tests.documents

# The interface in each further language. New strings come in without a translation: write it in that language's
# django.po, then run this again. Without settings, Django would use its own makemessages and complain of a missing folder.
messages: $(VENV)/.for-running
	@DEBUG=1 $(BIN)/python -c 'import newsroom.settings'
	DEBUG=1 $(BIN)/python manage.py makemessages $(LOCALES:%=--locale %) --no-location --no-obsolete \
	  --ignore '.*' --ignore 'tests/*'
	@set -e; for file in $(LOCALES:%=newsroom/locale/%/LC_MESSAGES/django); do \
	  msgattrib --no-obsolete --sort-output $$file.po | sed '/^"POT-Creation-Date/d' > $$file.sorted; \
	  mv $$file.sorted $$file.po; \
	  msgfmt --check-format --statistics --output-file $$file.mo $$file.po; \
	done
	@set -e; for file in $(basename $(wildcard newsroom/locale/*/LC_MESSAGES/djangojs.po)); do \
	  msgfmt --check-format --output-file $$file.mo $$file.po; \
	done

# What the lock files lack of pyproject.toml comes in; everything else keeps its version.
lock: $(VENV)/.for-testing
	$(LOCK) $(LOCK_OPTIONS) pyproject.toml --output-file requirements.txt
	$(LOCK) $(LOCK_OPTIONS) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt

# The newest version of every package, within the limits of pyproject.toml.
upgrade:
	$(MAKE) lock LOCK_OPTIONS=--upgrade

# Known holes in the locked packages.
audit: $(VENV)/.for-testing
	$(BIN)/python -m tests.audit

# A folder that could not be finished is removed, unless it was there before.
$(BIN)/python:
	@$(CHECK_START)
	@echo 'Making a virtual environment in $(VENV)'
	@if [ -e '$(VENV)' ]; then $(MAKE_VENV); else $(MAKE_VENV) || { rm -rf '$(VENV)'; exit 1; }; fi

define install
cmp -s $(1) $(INSTALLED) \
  || { echo 'Installing the packages of $(1)' && : > $(INSTALLED) && $(INSTALL) && cp $(1) $(INSTALLED); }
endef

# The packages of developers are those of production, and more: where they have been installed, they stay.
$(VENV)/.for-running: | $(BIN)/python
	@$(call install,$(if $(wildcard $(VENV)/.$(DEVELOPERS)),$(DEVELOPERS),requirements.txt))

$(VENV)/.for-testing: | $(BIN)/python
	@$(call install,$(DEVELOPERS))

.secret-key:
	umask 077 && $(PYTHON) -c '$(RANDOM_KEY)' > $@
