# demo          install, load the small desk and serve it on PORT until Ctrl-C
# test          install, run the tests with one worker for each processor; ARGS go to pytest; WORKERS=0 runs them in one process
# bench         measure the API at SIZE (10k, 100k, 1m) beside a floor and the usual way, and how matching grows up to SIZE; needs wrk;
#               ARGS=--check only compares
# bench-import  measure the import of SIZE claims beside a plain COPY of the same rows
# mutations     change COUNT rows behind the guards, one by one, and count which changes manage.py verify finds
# screenshots   photograph the desk for docs/screenshots (with chromium)
# schema        write docs/openapi.json again, after a deliberate change of the API
# fuzz          send the API more than 30,000 requests made up from its own document
# messages      write new strings into claimtrack/locale, and compile the translations (with GNU gettext)
# lint, format  check the code; format it
# stop          stop the embedded PostgreSQL (it outlives the commands that use it)
# wheel         build the package for `pip install`, in dist/
# image         build the container image with BUILDER (podman, docker) on BASE
# sbom          list the components of the service, as CycloneDX, in sbom.cdx.json
# requirements  pin the dependencies again from requirements/*.in
# clean         remove everything installed and generated, and the demo's data
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
SIZE ?= 10k
ROUNDS ?= 3
SECONDS ?= 3
CASES ?=
BUILDER ?= podman
BASE ?=
OUT ?= docs/performance
COUNT ?= 10000
# Workers would share the server of DATABASE_URL, where the changes feed waits for the transactions of all of them.
WORKERS ?= $(if $(DATABASE_URL),0,logical)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
PIN = .venv/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements"

.PHONY: mutations screenshots demo test bench bench-import schema messages fuzz lint format stop wheel image sbom requirements clean

demo: .venv/base.done
	@trap : INT; $(BIN)/python -m claimtrack demo --port $(PORT); status=$$?; \
		echo "The embedded PostgreSQL keeps running for the next start; 'make stop' ends it."; exit $$status

test: .venv/dev.done
	@echo "Running the tests."
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

bench: .venv/base.done
	@$(BIN)/python -m bench.run --size $(SIZE) --rounds $(ROUNDS) --seconds $(SECONDS) --cases "$(CASES)" --out $(OUT) $(ARGS)
	$(if $(CASES)$(ARGS),,@$(BIN)/python -m bench.matching --size $(SIZE))

bench-import: .venv/base.done
	@$(BIN)/python -m bench.importing --size $(SIZE) --rounds $(ROUNDS)

mutations: .venv/dev.done
	@$(BIN)/python -m bench.mutations --count $(COUNT)

screenshots: .venv/dev.done
	@echo "Photographing the desk of a fresh demo."
	@$(BIN)/python docs/take_screenshots.py

schema: .venv/base.done
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --format openapi-json --file docs/openapi.json

messages: .venv/base.done
	@$(BIN)/python manage.py makemessages
	@$(BIN)/python manage.py compilemessages --verbosity 0 --ignore .venv --ignore var

fuzz: .venv/dev.done
	@CLAIMTRACK_FUZZ=80 $(BIN)/python -m pytest tests/fuzz $(ARGS)

lint: .venv/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(if $(wildcard */templates),$(BIN)/djlint --lint --check --quiet $(wildcard */templates))
	$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/dev.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

stop:
	@if [ -e $(BIN)/python ]; then $(BIN)/python manage.py stop_postgres; fi

wheel: .venv/dev.done
	@rm -rf dist
	@$(BIN)/python -m build --outdir dist .

image: wheel
	$(BUILDER) build --file Containerfile $(if $(BASE),--build-arg BASE=$(BASE)) --tag localhost/claimtrack .

sbom: .venv/cyclonedx/bin/cyclonedx-py
	@$< requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.cdx.json requirements/base.txt
	@echo "Wrote sbom.cdx.json."

requirements: .venv/uv/bin/uv
	@echo "Pinning requirements/base.txt, requirements/mcp.txt, requirements/timestamp.txt and requirements/dev.txt."
	@UV_PYTHON_DOWNLOADS=never $(PIN) requirements/base.in --output-file requirements/base.txt
	@for extra in mcp timestamp; do UV_PYTHON_DOWNLOADS=never $(PIN) requirements/base.in requirements/$$extra.in \
		--constraints requirements/base.txt --output-file requirements/$$extra.txt || exit 1; done
	@UV_PYTHON_DOWNLOADS=never $(PIN) requirements/dev.in --output-file requirements/dev.txt

clean: stop
	@echo "Removing .venv, var and caches."
	@rm -rf .venv var dist build *.egg-info sbom.cdx.json .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "claimtrack needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making a virtual environment in .venv."
	@$(PYTHON) -m venv .venv

.venv/base.done: requirements/base.txt | $(BIN)/pip
	@echo "Installing requirements/base.txt into .venv."
	@$(PIP) --require-hashes -r $<
	@touch $@

# They contain those of base.txt.
.venv/dev.done: requirements/dev.txt | $(BIN)/pip
	@echo "Installing requirements/dev.txt into .venv (a minute or two the first time)."
	@$(PIP) --require-hashes -r $<
	@touch .venv/base.done $@

.venv/uv/bin/uv: | $(BIN)/pip
	@$(PYTHON) -m venv .venv/uv
	@.venv/uv/bin/python -m pip install --quiet --quiet --disable-pip-version-check uv

# Apart, so that what writes the list is not on it and moves no pin.
.venv/cyclonedx/bin/cyclonedx-py: | $(BIN)/pip
	@$(PYTHON) -m venv .venv/cyclonedx
	@.venv/cyclonedx/bin/python -m pip install --quiet --quiet --disable-pip-version-check "cyclonedx-bom~=7.5"
