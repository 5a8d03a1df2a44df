#!/usr/bin/env bash
# Prepares this machine for working on the plugin: system packages from apt (only what is missing) and .venv with the
# tools for tests and lint. Safe to run at any time; when there is nothing to do it takes a second.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-/usr/bin/python3} # the python that QGIS and rasterio from apt belong to; the one on the PATH may be another
venv=.venv
apt_log=build/setup-apt.log

packages=(
  qgis python3-qgis                                                   # the host
  python3-rasterio python3-pandas python3-scipy python3-matplotlib    # what the engine computes with
  python3-venv python3-fiona python3-shapely python3-yaml python3-requests python3-pygments # under the tools of requirements-dev.txt
  xvfb xauth                                                          # a screen for the tests of the graphical interface
  rsync openssh-client                                                # carry results to a server
  python3-distributed                                                 # a Dask cluster, of this machine's own processes in the tests
  qttools5-dev-tools                                                  # lrelease, which compiles the translations
)
# The tests copy results to a real ssh server and schedule jobs with a real cron. Installing these two starts services, so
# that is left to whoever owns the machine; in a container nothing starts. Without them those tests are skipped.
services=(openssh-server cron)
[ -d /run/systemd/system ] || packages+=("${services[@]}")

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "root is needed for: $* (run that as root, or install sudo; then again: make setup)"
  fi
}

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

install_system_packages() {
  if ! command -v apt-get >/dev/null; then
    say "no apt here: expecting QGIS, rasterio, pandas, scipy and matplotlib to be importable by $python already"
    return
  fi
  local missing
  mapfile -t missing < <(missing_packages)
  if [ "${#missing[@]}" -eq 0 ]; then
    say "system packages: all ${#packages[@]} installed"
    return
  fi
  say "installing from apt: ${missing[*]}"
  say "(this may take some minutes, QGIS is large; what apt says goes to $apt_log)"
  if ! { as_root apt-get update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$apt_log" 2>&1 </dev/null; then
    tail -n 20 "$apt_log" >&2
    fail "apt could not install the system packages; the whole story is in $apt_log"
  fi
}

check_imports() {
  local module
  for module in qgis.core osgeo.gdal rasterio pandas scipy matplotlib; do
    "$python" -c "import $module" 2>/dev/null || fail "$python cannot import $module; set PYTHON=<the python of your QGIS>"
  done
}

# The venv must never bring its own copy of what QGIS shares a process with.
check_nothing_shadowed() {
  local name found
  for name in numpy pandas scipy rasterio fiona pyogrio shapely pyproj osgeo matplotlib; do
    found=$(find "$venv"/lib/python3*/site-packages -maxdepth 1 -name "$name" -print -quit)
    [ -z "$found" ] || fail "$found hides the system's $name; remove $venv and run make setup again"
  done
}

make_venv() {
  local stamp=$venv/.setup-stamp wanted
  wanted="$("$python" -c 'import sys; print(sys.version, sys.executable)') $(sha256sum <requirements-dev.txt)"
  if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    say "$venv: up to date"
    return
  fi
  check_imports
  say "making $venv with the tools of requirements-dev.txt"
  rm -f "$stamp"
  "$python" -m venv --clear --system-site-packages "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement requirements-dev.txt
  check_nothing_shadowed
  printf '%s\n' "$wanted" >"$stamp"
  say "$venv: ready ($("$venv/bin/python" --version), $("$venv/bin/pytest" --version))"
}

mkdir -p build
exec 9>build/.setup.lock
flock 9 # two make runs at once in one checkout set up one after the other
install_system_packages
make_venv
