#!/usr/bin/env bash
# Runs all tests: first those of the engine, without QGIS in the process, then those inside QGIS. Usage: scripts/test.sh
# [--long] [further arguments for pytest]. Both runs are made even when the first one fails; the last lines count. Each is
# shared among some processes, a file of tests to each.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

options=()
if [ "${1:-}" = --long ]; then
  shift
  export HYPOTHESIS_PROFILE=long
  options+=(-m "")
fi
options+=("$@")
cores=$(nproc)
workers=$((cores < 4 ? cores : 4)) # each of those inside QGIS holds a QGIS

# The same surroundings everywhere: no screen, no settings or library of the user, a locale that can name every file.
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
export QGIS_CUSTOM_CONFIG_PATH=$PWD/build/test-profile XDG_RUNTIME_DIR=$PWD/build/run
unset SEN2CHAIN_HOMEPATH
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
rm -rf "$QGIS_CUSTOM_CONFIG_PATH"
mkdir -p "$QGIS_CUSTOM_CONFIG_PATH"

summary=() failed=0

# run NAME ARGUMENTS... : one pytest run, its output shown and its closing line kept
run() {
  local name=$1 log=build/test-$1.log
  shift
  printf '\ntest: %s\n' "$name"
  .venv/bin/python -m pytest -n "$workers" --dist loadfile "$@" "${options[@]}" </dev/null 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]}
  [ "$status" -eq 0 ] || failed=1
  summary+=("$(printf 'test: %-6s exit %s  %s' "$name" "$status" "$(grep -E ' in [0-9.]+s' "$log" | tail -n 1 | tr -d =)")")
}

# Every folder that holds tests: what needs QGIS stands in these three, a new folder is run without it.
without_qgis=() inside_qgis=()
for folder in tests/*/; do
  compgen -G "$folder*test_*.py" >/dev/null || compgen -G "$folder*/test_*.py" >/dev/null || continue
  case $folder in
    tests/processing/ | tests/cli/ | tests/gui/) inside_qgis+=("$folder") ;;
    *) without_qgis+=("$folder") ;;
  esac
done

run engine -p no:pytest_qgis "${without_qgis[@]}"
run qgis "${inside_qgis[@]}"

printf '\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
