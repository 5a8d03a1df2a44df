#!/usr/bin/env bash
# qgis_process with this repository's plugin, as `make stage` left it, and a profile of its own: your QGIS settings are
# neither read nor changed. Usage: scripts/qgis_process.sh run sen2chain_ts:extract --INPUT=... (or: list, help <id>).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# Debian 12: the wrapper named qgis_process passes an option on that the program refuses; the program itself ends in .bin.
program=$(command -v qgis_process.bin || command -v qgis_process) || {
  echo "qgis_process is not installed; make setup installs it" >&2
  exit 1
}

export QGIS_PLUGINPATH=$root/build
export QGIS_CUSTOM_CONFIG_PATH=${QGIS_CUSTOM_CONFIG_PATH:-$root/build/profile}
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} # no screen is needed
export LC_ALL=${LC_ALL:-C.UTF-8}                     # without a UTF-8 locale Qt cannot name every file
export PYTHONWARNINGS=${PYTHONWARNINGS:-ignore::DeprecationWarning} # QGIS 3.22 start-up prints one of its own
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then               # Qt wants one; a container has none
  export XDG_RUNTIME_DIR=$root/build/run
  mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
fi

enabled=$QGIS_CUSTOM_CONFIG_PATH/.sen2chain_ts_plugin-enabled
if [ ! -e "$enabled" ]; then # once per profile
  mkdir -p "$QGIS_CUSTOM_CONFIG_PATH"
  "$program" plugins enable sen2chain_ts_plugin >"$QGIS_CUSTOM_CONFIG_PATH/enable.log" 2>&1 || {
    cat "$QGIS_CUSTOM_CONFIG_PATH/enable.log" >&2
    exit 1
  }
  touch "$enabled"
fi
exec "$program" "$@"
