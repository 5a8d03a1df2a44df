#!/usr/bin/env bash
# Makes the pictures of docs/inventory.md, docs/plots.md and docs/quicklooks.md from the real program: the sample library
# goes through extract, compile, inventory, plot and quicklooks, and the pages are shown by a Chromium without a screen
# (Debian: chromium). Everything else stays below build/docs.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$PWD/build/docs images=$PWD/docs/images
python=.venv/bin/python
chromium=$(command -v chromium || command -v chromium-browser) || {
  echo "pages_pictures: Chromium is not installed (Debian: apt install chromium)" >&2
  exit 1
}
export QGIS_CUSTOM_CONFIG_PATH=$work/profile

rm -rf "$work"
mkdir -p "$work" "$images"

# run ALGORITHM PARAMETERS... : run it, keep what it said
run() {
  scripts/qgis_process.sh run "$@" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
  }
}

# result NAME : an output of the last run
result() { sed -n "s/^$1:[[:space:]]*//p" "$work/log" | tail -n 1; }

# page FILE IMAGE HEIGHT OPTIONS... : a picture of the upper part of a page
page() {
  local file=$1 image=$2 height=$3
  shift 3
  "$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$work/chromium" --hide-scrollbars \
    --window-size="1240,$height" "$@" --screenshot="$images/$image" "file://$file" >/dev/null 2>&1
}

masks=CM001/CM004-CSH1-CMP1-CHP1-TCI1-ITER1
run sen2chain_ts:samplelibrary --OUTPUT="$work/library"
layer=$(result LAYER)
run sen2chain_ts:extract --INPUT="$layer" --LIBRARY="$work/library" --CLOUDMASKS=$masks --OUTPUT="$work/extraction"
extraction=$(result EXTRACTION)
run sen2chain_ts:compile --EXTRACTION="$extraction"

# The paths of whoever runs this are nobody's business, so the inventory is taken where they are short.
run sen2chain_ts:inventory --INPUT="$layer" --LIBRARY="$work/library" --EXTRACTION_ROOT="$work/extraction" \
  --REPORT="$work/inventory.html"
sed -i "s|$work/||g" "$work/inventory.html"
page "$work/inventory.html" inventory.png 1500
page "$work/inventory.html" inventory-dark.png 560 --force-dark-mode

run sen2chain_ts:plot --EXTRACTION="$extraction" --INDICES=NDVI --CLOUDMASKS=CM001 --KEY_FIELD=name --OUTPUT="$work/out"
plots=$(result PLOTS)
page "$(result REPORT)" plot-report.png 1500
page "$(result REPORT)" plot-report-dark.png 560 --force-dark-mode
cp "$plots/CM001/fields_plot-global_NDVI_None_None.png" "$images/plot-global.png"
cp "$plots/CM001/fields_plot-details_NDVI_None_None.png" "$images/plot-details.png"

run sen2chain_ts:quicklooks --EXTRACTION="$extraction" --LIBRARY="$work/library" --INDICES=NDVI --KEY_FIELD=name \
  --CLOUDMASKS=CM004-CSH1-CMP1-CHP1-TCI1-ITER1 --OUTPUT="$work/out"
zone=QL_La_Ravine-Glissée_30
folder=$(result QUICKLOOKS)/$zone/CM004-CSH1-CMP1-CHP1-TCI1-ITER1
"$python" - "$folder" "$images" <<'PYTHON'
import sys
from pathlib import Path

from PIL import Image

folder, images = map(Path, sys.argv[1:])
sheet = Image.open(next(folder.glob("*_MOZ-QL_*")))
sheet.convert("RGB").save(images / "quicklooks-sheet.jpg", quality=85)
# The picture with most hatching beside the one with least.
found = [Image.open(path).convert("RGB") for path in sorted(folder.glob("*_QL_*"))]
hatch = (70, 78, 88)
found.sort(key=lambda picture: sum(max(abs(a - b) for a, b in zip(pixel, hatch)) < 16 for pixel in picture.getdata()))
row = Image.new("RGB", (found[0].width * 2 + 24, found[0].height), "white")
row.paste(found[0], (0, 0))
row.paste(found[-1], (found[0].width + 24, 0))
row.save(images / "quicklook.jpg", quality=88)
PYTHON
echo "pages_pictures: the pictures are in $images"
