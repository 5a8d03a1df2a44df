#!/usr/bin/env bash
# From nothing to a time series, through qgis_process: makes a small Sen2Chain library with some fields, extracts the NDVI
# of every field and date, compiles it, and shows the first results. Then the same from L2A products as they are
# downloaded, without anything of Sen2Chain. Everything stays below build/demo.
set -euo pipefail
cd "$(dirname "$0")/.."

demo=$PWD/build/demo
log=$demo/demo.log
export QGIS_CUSTOM_CONFIG_PATH=$demo/profile # a clean QGIS profile
export LC_ALL=C.UTF-8                        # what qgis_process says is read below, in English

rm -rf "$demo"
mkdir -p "$demo"

say() { printf '\ndemo: %s\n' "$*"; }

# run ALGORITHM PARAMETERS... : show the command, run it, keep what it said
run() {
  printf '$ scripts/qgis_process.sh run %s' "$1"
  local parameter
  for parameter in "${@:2}"; do
    [[ $parameter =~ ^[A-Za-z0-9_./:=,-]+$ ]] || parameter=$(printf '%q' "$parameter")
    printf ' \\\n      %s' "$parameter"
  done
  printf '\n'
  if ! scripts/qgis_process.sh run "$@" >"$log" 2>&1; then
    cat "$log" >&2
    say "this failed" >&2
    exit 1
  fi
  sed -n '/^Results$/,$p' "$log" | grep -E '^[A-Z_]+:' | sed 's/^/    /'
}

# result NAME : an output of the last run
result() { sed -n "s/^$1:[[:space:]]*//p" "$log" | tail -n 1; }

# curve FILE : the mean NDVI of the first field on each date, from a file of all dates
curve() {
  say "one field (fid 0) over time: its mean NDVI"
  awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
  $column["fid"] == 0 {
    bar = ""
    for (i = 0; i < $column["mean"] / 200; i++) bar = bar "#"
    printf "    %s  %6.3f  %s\n", substr($column["date"], 1, 10), $column["mean"] / 10000, bar
  }' "$1"
}

say "1 of 3: a small Sen2Chain library: two tiles, two indices, three cloud masks, some fields"
run sen2chain_ts:samplelibrary --OUTPUT="$demo/library"
library=$(result LIBRARY) layer=$(result LAYER)

say "2 of 3: the statistics of every field and date, without clouds"
run sen2chain_ts:extract --INPUT="$layer" --LIBRARY="$library" --INDICES=NDVI --OUTPUT="$demo/extraction"
extraction=$(result EXTRACTION)

say "3 of 3: the time series: the best row of every field and date, in one file and one per month"
run sen2chain_ts:compile --EXTRACTION="$extraction" --PERIODS=alldata,monthly
compiled=$(result COMPILED)

# A raw CSV with several rows, and the file of all dates.
raw=$(find "$extraction/raw_data" -name '*.csv' ! -name products_no_data.csv -size +1k | sort | sed -n 1p)
all=$(find "$compiled" -path '*/all_data/*_all_data.csv' | sort | sed -n 1p)

say "one product, ${raw##*/}"
# The columns up to mean never hold a comma, so cutting at commas is right; an NDVI of 0.5 is written 5000.
awk -F, 'NR <= 6 {
  if (NR > 1) { $8 = $8 == "" ? "" : sprintf("%.1f", $8); $11 = sprintf("%.1f", $11) }
  printf "    %-19s  %3s  %-5s  %5s  %6s  %5s  %6s  %7s ...\n", $1, $2, $3, $5, $6, $7, $8, $11
}' "$raw"
printf '    ... %s rows\n' "$(($(wc -l <"$raw") - 1))"

curve "$all"

say "the results"
printf '    %s\n' "$extraction"
printf '      raw_data       %3d CSV files, one per product, a row per field\n' \
  "$(find "$extraction/raw_data" -name '*.csv' ! -name products_no_data.csv | wc -l)"
printf '      compiled_data  %3d CSV files: the time series, all dates in one file and a file per month\n' \
  "$(find "$compiled" -name '*.csv' | wc -l)"
printf '      shp_files          the fields, as Sen2Chain reads them\n'
printf '    and the library they come from\n    %s\n' "$library"

say "and without Sen2Chain, 1 of 3: L2A products as they are downloaded (here: made up, with a few fields)"
run sen2chain_ts:samplelibrary --SIZE=128 --DATES=8 --L2A=true --OUTPUT="$demo/downloads"
layer=$(result LAYER)

say "2 of 3: the NDVI from their bands, without clouds (scene classification)"
run sen2chain_ts:extract --INPUT="$layer" --LIBRARY="$demo/downloads/L2A" --OUTPUT="$demo/extraction"
extraction=$(result EXTRACTION)

say "3 of 3: the time series"
run sen2chain_ts:compile --EXTRACTION="$extraction"
curve "$(find "$(result COMPILED)" -path '*/all_data/*_all_data.csv' | sort | sed -n 1p)"

say "try it in QGIS: make install, then Processing > Toolbox > Sen2Chain time series"
