#!/usr/bin/env bash
# Compares the analyses with libraries that do the same, in an environment of their own. Usage: scripts/test_oracles.sh
# [further arguments for pytest]. The first run makes the environment, build/oracles, from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=build/oracles
if [ ! -f "$environment/.complete" ]; then
  rm -rf "$environment"
  /usr/bin/python3 -m venv "$environment"
  pip=("$environment/bin/python" -m pip install --quiet)
  "${pip[@]}" "cython<3" wheel "setuptools<70" pytest-runner pytest scipy pandas \
    whittaker-eilers==0.2.0 pymannkendall==1.4.3
  # Its source builds only with what is there; what else it asks for downloads images.
  "${pip[@]}" --no-build-isolation --no-deps modape==1.0.3
  touch "$environment/.complete"
fi
PYTHONPATH=. "$environment/bin/python" -m pytest -q -p no:cacheprovider --noconftest tests/oracles/compare_with_libraries.py "$@"
