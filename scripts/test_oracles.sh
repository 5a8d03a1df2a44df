#!/usr/bin/env bash
# Compares the analyses with libraries that do the same, in an environment of their own. Usage: scripts/test_oracles.sh
# [further arguments for pytest]. The first run makes the environment, build/oracles, from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=build/oracles
wanted=$(md5sum < scripts/test_oracles.sh)  # another environment when this file says so
if [ "$(cat "$environment/.complete" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$environment"
  /usr/bin/python3 -m venv "$environment"
  pip=("$environment/bin/python" -m pip install --quiet)
  "${pip[@]}" "cython<3" wheel "setuptools<70" pytest-runner pytest scipy pandas \
    whittaker-eilers==0.2.0 pymannkendall==1.4.3
  # Its source builds only with what is there; what else it asks for downloads images.
  "${pip[@]}" --no-build-isolation --no-deps modape==1.0.3
  # openeo-processes-dask comes alone too: it asks for a GDAL that is newer than that of many systems, and does without.
  "${pip[@]}" "dask[array,dataframe,distributed]" dask-geopandas geopandas xarray xvec==0.2.0 rioxarray pystac \
    pystac_client odc-geo odc-stac planetary_computer stac_validator joblib pyarrow geoparquet==0.0.3 openeo \
    "openeo-pg-parser-networkx>=2025.10"
  "${pip[@]}" --no-deps openeo-processes-dask==2026.9.1
  echo "$wanted" > "$environment/.complete"
fi
PYTHONPATH=. "$environment/bin/python" -m pytest -q -p no:cacheprovider --noconftest tests/oracles/compare_with_libraries.py "$@"
