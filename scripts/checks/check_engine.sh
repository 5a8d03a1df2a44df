#!/usr/bin/env bash
# Installs the engine with pip into an empty environment, where rasterio and pyogrio bring a GDAL of their own, and
# compares what it makes of a sample library with what the working copy makes of it. Then carries out the example of the
# manual there, with every library that the package names.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$PWD/build/check-engine
rm -rf "$folder"
mkdir -p "$folder"

echo "engine: installing it into $folder/venv"
"${PYTHON:-/usr/bin/python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check ".[rasterio,pyogrio]"
"$folder/venv/bin/python" -m pip check --disable-pip-version-check

.venv/bin/python scripts/checks/check_engine.py expect "$folder" >/dev/null
"$folder/venv/bin/python" scripts/checks/check_engine.py compare "$folder"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check ".[all]"
"$folder/venv/bin/python" scripts/checks/check_engine.py example "$folder"
