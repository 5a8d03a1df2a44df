#!/usr/bin/env bash
# Runs every check that is not a test. All of them run, also when one fails; what fails shows what it said.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

stage=build/sen2chain_ts_plugin
bin=.venv/bin
count=0 failed=()

# check NAME COMMAND... : one line when it is clean, all it says when it is not
check() {
  local name=$1 output
  shift
  count=$((count + 1))
  printf 'lint: %-38s ' "$name"
  if output=$("$@" 2>&1 </dev/null); then
    printf 'clean\n'
  else
    printf 'FAILED\n%s\n\n' "$output"
    failed+=("$name")
  fi
}

# import-linter without its banner
contracts() {
  set -o pipefail
  PYTHONPATH=. "$bin/lint-imports" | sed -n '/^Contracts$/,$p'
}

# Whether the oldest Python beside a QGIS 3.22 has all that is called. QGIS tells no types, so that is all that is asked of
# what uses it.
python39() {
  "$bin/mypy" --config-file= --cache-dir .mypy_cache/all --python-version 3.9 --ignore-missing-imports --check-untyped-defs \
    --disable-error-code union-attr --disable-error-code arg-type --disable-error-code return-value sen2chain_ts_plugin
}

mapfile -t shell < <(find scripts .ci -type f \( -name '*.sh' -o -name run \) | sort)

check "ruff (rules)" "$bin/ruff" check --quiet --output-format concise
check "ruff (format)" "$bin/ruff" format --quiet --check
check "mypy (types of the engine)" "$bin/mypy"
check "mypy (Python 3.9 in all of it)" python39
check "import-linter (who imports whom)" contracts
check "shellcheck" "$bin/shellcheck" "${shell[@]}"
check "the rules of plugins.qgis.org" "$bin/python" scripts/checks/check_package.py
# QGS105: classFactory is handed iface. QGS201, QGS202 (experimental) take our method names for others.
check "flake8-qgis" "$bin/flake8" --isolated --select QGS --extend-ignore QGS105,QGS201,QGS202 "$stage"
check "translations" "$bin/python" scripts/translations.py check
check "names and types of Qt 6" "$bin/python" scripts/checks/check_qt6.py

if [ "${#failed[@]}" -gt 0 ]; then
  printf 'lint: %d of %d checks failed\n' "${#failed[@]}" "$count" >&2
  exit 1
fi
printf 'lint: %d checks, all clean\n' "$count"
