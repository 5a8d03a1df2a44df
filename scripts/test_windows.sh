#!/usr/bin/env bash
# Runs the tests that need no QGIS (those of the engine, of faults, and damaged files) with a Python for Windows, under
# Wine; then installs the engine with pip there and compares what it extracts. Usage: scripts/test_windows.sh
# [arguments for pytest].
#
# The Windows is made once, in build/windows, from packages of Debian and PyPI alone, whose wheels are kept in
# $SEN2CHAIN_TS_WINDOWS (default ~/.cache/sen2chain_ts_windows, 200 MB): the interpreter is in the wheel of panda3d, which
# ships it for the programs it packs; what of the standard library is Python comes from Debian's python3.11; python.exe is
# three lines of C that call the DLL; the rest are ordinary wheels. `rm -r build/windows` undoes all of it.
#
# Wine is not Windows. What it does otherwise:
#   a locked file is refused without a reason, paths of more than 260 characters have no real path, and the clock runs
#   smoothly: scripts/windows/sitecustomize.py answers as Windows does;
#   symbolic links pretend (symlink_to succeeds, and there is none), schtasks is a stub that says nothing: what needs them
#   is skipped, by tests/support/capabilities.py, which asks what there is;
#   small files are slow: all of it takes some five times as long as on this system.
set -euo pipefail
cd "$(dirname "$0")/.."

interpreter=panda3d==1.10.16 # CPython 3.11.9
version=3.11
wine=/usr/lib/wine/wine64
server=/usr/lib/wine/wineserver64
packages=(wine wine64 gcc-mingw-w64-x86-64 python3.11 libpython3.11-stdlib)
folder=$PWD/build/windows
cache=${SEN2CHAIN_TS_WINDOWS:-${XDG_CACHE_HOME:-$HOME/.cache}/sen2chain_ts_windows}
requirements="requirements-windows.txt"
prefix=$folder/prefix
python=$prefix/drive_c/python

say() { printf 'windows: %s\n' "$*"; }
fail() { printf 'windows: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

check_system() {
  local system
  # shellcheck source=/dev/null
  system=$(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-}" "${VERSION_ID:-}") || true
  [ "$(uname -m)" = x86_64 ] && [ "$system" = "debian 12" ] ||
    fail "this needs Debian 12 on x86-64, for its Python 3.11 and its Wine 8; this is $(uname -m), ${system:-no Debian}"
}

install_packages() {
  local package missing=()
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing from apt: ${missing[*]}"
  { as_root apt-get update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$folder/apt.log" 2>&1 </dev/null || fail "apt could not install them; the whole story is in ${folder#"$PWD"/}/apt.log"
}

# windows_pip COMMAND ARGUMENTS... : this machine's pip, for a Python that runs on Windows
windows_pip() {
  /usr/bin/python3.11 -m pip "$@" --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --platform win_amd64 --python-version "$version" --implementation cp --find-links "$cache"
}

under_wine() {
  env -i PATH=/usr/bin:/bin HOME="$folder/home" LANG=C.UTF-8 CI="${CI:-}" \
    HYPOTHESIS_PROFILE="${HYPOTHESIS_PROFILE:-default}" PYTHONPATH="${PYTHONPATH:-}" \
    WINEPREFIX="$prefix" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe=' "$wine" "$@"
}

# Through pipes: Wine 8 hands a program an output that is a file as a handle that Python takes for none.
windows_python() {
  { { under_wine 'C:\python\python.exe' "$@" 2>&3 | cat; } 3>&1 1>&4 | cat >&2; } 4>&1
}

# The services of this Windows live as long as any program in it, and keep what they were started with: the pipes of the
# first run would never end for a second one beside it, nor would a lock of whoever called this. So they get nothing.
start_services() {
  (
    for descriptor in /proc/self/fd/*; do
      [ "${descriptor##*/}" -le 2 ] || eval "exec ${descriptor##*/}>&-"
    done
    WINEPREFIX=$prefix "$server" -p10 || true # one may run already; it ends ten seconds after its last program
    under_wine wineboot
  ) </dev/null >/dev/null 2>&1
}

make_interpreter() {
  local work=$folder/work digits=${version/./} libraries
  say "making a Python $version in ${folder#"$PWD"/}"
  windows_pip download --dest "$cache" "$interpreter"
  rm -rf "$python" "$work"
  mkdir -p "$python/DLLs" "$python/Lib/site-packages" "$work"
  libraries=$work/deploy_libs
  /usr/bin/python3.11 -m zipfile --extract "$cache/panda3d-${interpreter#*==}-cp$digits-cp$digits-win_amd64.whl" "$work"
  rm -f "$libraries"/api-ms-* "$libraries"/vcruntime* # these are Wine's
  mv "$libraries/python$digits.dll" "$python/"
  mv "$libraries"/*.pyd "$libraries"/*.dll "$python/DLLs/"
  # --dereference: some files are links into other packages. What is left out is Debian's own, or of another system.
  tar -C "/usr/lib/python$version" --dereference --exclude=lib-dynload --exclude=__pycache__ --exclude=dist-packages \
    --exclude=site-packages --exclude=sitecustomize.py --exclude=EXTERNALLY-MANAGED --exclude='config-*' \
    --exclude='_sysconfigdata*' -cf - . | tar -C "$python/Lib" -xf -
  {
    echo '#include <wchar.h>'
    echo '__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);'
    echo 'int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }'
  } >"$work/python.c"
  x86_64-w64-mingw32-gcc -municode -O1 -s -o "$python/python.exe" "$work/python.c" "$python/python$digits.dll"
  # Wheels of the stable ABI ask for python3.dll, which hands every call on to that of this version.
  {
    echo EXPORTS
    x86_64-w64-mingw32-objdump -p "$python/python$digits.dll" |
      sed -n 's/^\t\[ *[0-9]*\].* \(_\?Py[A-Za-z0-9_]*\)$/\1/p' | sed "s/.*/& = python$digits.&/"
  } >"$work/python3.def"
  x86_64-w64-mingw32-gcc -shared -nostdlib -s -Wl,--entry=0 -o "$python/python3.dll" "$work/python3.def"
  rm -r "$work"
}

install_wheels() {
  local target=$python/Lib/site-packages
  say "installing the wheels of $requirements"
  windows_pip download --dest "$cache" --requirement "$requirements"
  # With --target pip unpacks the wheels of another system, and warns of each folder that several of them share.
  windows_pip install --no-index --no-compile --target "$target" --requirement "$requirements" 2>"$folder/pip.log" ||
    { cat "$folder/pip.log" >&2 && return 1; }
  cp scripts/windows/sitecustomize.py "$target/"
}

make_windows() {
  local made=$python/.made wanted
  wanted=$(cat scripts/test_windows.sh scripts/windows/sitecustomize.py "$requirements" | md5sum)
  if [ ! -f "$prefix/system.reg" ]; then
    say "making a Windows in ${prefix#"$PWD"/}"
    under_wine wineboot --init >/dev/null 2>&1
    WINEPREFIX=$prefix "$server" --wait
  fi
  [ "$(cat "$made" 2>/dev/null)" != "$wanted" ] || return 0
  make_interpreter
  install_wheels
  printf '%s\n' "$wanted" >"$made"
}

# The engine as pip installs it, with the GDAL of the wheels: the same bytes, areas decoded.
check_engine() {
  local place=$folder/check-engine
  rm -rf "$place"
  mkdir -p "$place"
  /usr/bin/python3.11 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$place/package" .
  .venv/bin/python scripts/checks/check_engine.py expect "$place" >/dev/null
  PYTHONPATH="Z:${place//\//\\}\\package" windows_python scripts/checks/check_engine.py compare "build\\windows\\check-engine"
}

check_system
mkdir -p "$folder/home" "$cache"
install_packages
make_windows
start_services
windows_python -c '
import sys, numpy, rasterio
versions = {"Python": sys.version.split()[0], "numpy": numpy.__version__, "rasterio": rasterio.__version__}
print("windows:", *(f"{name} {number}" for name, number in versions.items()), "GDAL", rasterio.__gdal_version__)'

failed=0
if [ $# -gt 0 ]; then
  windows_python -m pytest -p no:cacheprovider "$@" </dev/null || failed=1
else
  # Two, for Wine's server, which every one of them waits for, is a single thread.
  windows_python -m pytest -n 2 --dist loadfile -p no:cacheprovider tests/engine tests/faults tests/fuzz </dev/null || failed=1
  check_engine || failed=1
fi
exit "$failed"
