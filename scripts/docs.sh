#!/usr/bin/env bash
# Builds the manual as a site with MkDocs, in a Python of its own: nothing of it is needed elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=build/docs-venv
if [ ! -x "$venv/bin/mkdocs" ]; then
  echo "docs: installing MkDocs into $venv"
  "${PYTHON:-/usr/bin/python3}" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1
fi
"$venv/bin/mkdocs" build --strict
echo "docs: build/site/index.html"
