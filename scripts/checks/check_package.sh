#!/usr/bin/env bash
# Checks the zip of `make package` by the rules of plugins.qgis.org, then installs it into a fresh profile of a real QGIS
# as "Install from ZIP" does, and goes from nothing to a time series there.
set -euo pipefail
cd "$(dirname "$0")/../.."

results=$PWD/build/check-package
rm -rf "$results"
mkdir -p "$results/run"
chmod 700 "$results/run"

.venv/bin/python scripts/package.py zip --into "$results" >/dev/null # the same bytes as in dist
zip=$(ls "$results"/*.zip)
.venv/bin/python scripts/checks/check_package.py "$zip"

# As in qgis_process.sh: on Debian 12 the program behind the wrapper.
program=$(command -v qgis.bin || command -v qgis)

echo "package: installing it into a fresh QGIS"
export CHECK_INSTALL_ZIP=$zip CHECK_INSTALL_RESULTS=$results
export QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=$results/run
timeout 300 xvfb-run --auto-servernum --server-args="-screen 0 1400x900x24" \
  "$program" --noversioncheck --nologo --profiles-path "$results" --code scripts/checks/check_install.py \
  >"$results/qgis.log" 2>&1 </dev/null || true # what counts is written below

if grep --quiet '^installed' "$results/result.txt" 2>/dev/null; then
  sed 's/^/package: /' "$results/result.txt"
else
  tail -n 20 "$results/qgis.log" >&2
  cat "$results/result.txt" >&2 || echo "package: QGIS ended before the plugin was installed" >&2
  exit 1
fi
