#!/usr/bin/env bash
# Copies the staged plugin into a QGIS profile: the default one, or the folder that PROFILE names.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=${PROFILE:-${XDG_DATA_HOME:-$HOME/.local/share}/QGIS/QGIS3/profiles/default}
target=$profile/python/plugins/sen2chain_ts_plugin

if [ -L "$target" ]; then
  echo "install: $target is a link, which this would replace; remove it first" >&2
  exit 1
fi
mkdir -p "$(dirname "$target")"
rm -rf "$target"
cp -R build/sen2chain_ts_plugin "$target"
echo "install: copied to $target"
echo "install: now enable \"Sen2Chain time series\" in QGIS: Plugins > Manage and Install Plugins > Installed"
