#!/usr/bin/env bash
# Builds the manual as a site with MkDocs, in a Python of its own: nothing of it is needed elsewhere. The reference of the
# engine is made from its docstrings, which are read, not run.
set -euo pipefail
cd "$(dirname "$0")/../.."

tools=(mkdocs==1.6.1 mkdocstrings==1.0.8 mkdocstrings-python==2.0.11 ruff==0.14.10) # ruff breaks the lines of signatures
python=${PYTHON:-/usr/bin/python3}
venv=build/docs-venv
if [ "$(cat "$venv/.stamp" 2>/dev/null)" != "$python ${tools[*]}" ]; then
  echo "docs: installing MkDocs into $venv"
  "$python" -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "${tools[@]}"
  echo "$python ${tools[*]}" >"$venv/.stamp"
fi
PATH=$PWD/$venv/bin:$PATH "$venv/bin/mkdocs" build --strict
echo "docs: build/site/index.html"
