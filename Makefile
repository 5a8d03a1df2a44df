# Everything to do with this repository starts here; `make` alone lists it. What is longer than a line stands in scripts/.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help docs setup demo test test-long test-oracles test-matrix test-windows lint format stage package check-package check-engine install pictures translations bench clean

# The python that QGIS belongs to. The one on the PATH may be another.
export PYTHON ?= /usr/bin/python3
VENV := .venv/bin

help: ## list the targets
	@echo "Sen2Chain time series, a QGIS plugin. Targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install from apt what is missing, make .venv with the tools
	@scripts/setup.sh

demo: setup stage ## make a small library, extract and compile its fields through qgis_process, show the result
	@scripts/demo.sh

test: setup stage ## run the tests, in minutes
	@scripts/test.sh

test-long: setup stage ## run the tests with many more random cases, and those that take long
	@scripts/test.sh --long

test-oracles: ## compare the analyses with libraries that do the same (modape, pymannkendall, openeo and others)
	@scripts/test_oracles.sh

test-matrix: setup ## run demo, tests and package on QGIS 3.22, 3.40 and 3.44, each in a Debian of its own
	@scripts/matrix.sh

test-windows: ## run the tests that need no QGIS with a Python for Windows, under Wine
	@scripts/test_windows.sh

lint: setup stage ## check style, types, imports, the scripts, and the rules of plugins.qgis.org
	@scripts/lint.sh

format: setup ## bring the Python files into the project's format
	@$(VENV)/ruff check --fix && $(VENV)/ruff format

stage: ## put the plugin together as QGIS loads it, in build/sen2chain_ts_plugin
	@$(PYTHON) scripts/package.py stage

package: ## make dist/sen2chain_ts_plugin-<version>.zip, the same bytes for the same files
	@$(PYTHON) scripts/package.py zip

check-package: setup ## check the zip by the rules of plugins.qgis.org, install it into a fresh QGIS and use it
	@scripts/checks/check_package.sh

check-engine: setup ## install the engine with pip into an empty environment, and compare what it extracts
	@scripts/checks/check_engine.sh

install: stage ## copy the plugin into your QGIS profile (another one: PROFILE=<folder>)
	@scripts/install.sh

docs: ## build the manual as a site, in build/site
	@scripts/docs/site.sh

pictures: setup stage ## make docs/images anew, from the program itself (needs Chromium)
	@$(PYTHON) scripts/docs/pictures.py
	@scripts/docs/pages_pictures.sh
	@$(VENV)/python scripts/docs/draw_smoothing.py
	@$(VENV)/python scripts/docs/draw_pixels.py
	@$(VENV)/python scripts/docs/draw_analyses.py
	@$(VENV)/python scripts/docs/draw_engine.py

translations: setup ## collect every text of the plugin for translation, compile the translations
	@$(VENV)/python scripts/translations.py update

bench: setup ## measure speed and memory on a full-size library
	@echo "bench: on a full tile; the first time it is written, which takes minutes"
	@$(VENV)/python -m benchmarks

clean: ## remove what the other targets made, but for .venv
	@echo "clean: removing build, dist and the caches"
	@rm -rf build dist .pytest_cache .hypothesis .ruff_cache .mypy_cache .import_linter_cache .qgis-settings
