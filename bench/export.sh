#!/usr/bin/env bash
# Measures how fast files of many features are written, against GDAL's ogr2ogr, which reads the same features laid out in columns
# from a GeoPackage and writes the same format. Both in turns; then the median of each, and the most memory of its own that
# either took (RssAnon: the database is mapped, and what is mapped is the system's to take back). A spreadsheet is measured alone.
# Needs `make build`, `make bench-data` and Debian's gdal-bin.
#
#   bench/export.sh [ROUNDS [DATABASE]]    without DATABASE the 100,000 made-up routes are imported
set -eu -o pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} db=${2:-}
command -v ogr2ogr >/dev/null || { echo "install Debian's package gdal-bin" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$db" ]; then
  db=$work/content.db
  bin/corridor import --db "$db" build/routes-large.jsonl 2>/dev/null
fi

# run FILE COMMAND… prints seconds, seconds of a processor and megabytes, and leaves out what it says.
run() {
  local most=0 worked now pid before after out=$1
  shift
  rm -f "$out"
  worked=0
  before=$(date +%s%N)
  "$@" >/dev/null 2>"$work/said" &
  pid=$!
  while now=$(awk '/^RssAnon/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
    [ "$now" -le "$most" ] || most=$now
    worked=$(awk '{ print $14 + $15 }' "/proc/$pid/stat" 2>/dev/null || echo "$worked")
    sleep 0.05
  done
  wait "$pid" || { cat "$work/said" >&2; exit 1; }
  after=$(date +%s%N)
  awk "BEGIN { printf \"%.2f %.2f %.0f\n\", ($after - $before) / 1e9, $worked / 100, $most / 1024 }"
}
ours() { run "$work/ours" bin/corridor export --db "$db" --format "$2" "$1" -o "$work/ours"; }
# One file of GDAL's GeoJSON has one layer, so each is written by itself.
theirs() {
  local layer
  if [ "$2" = GPKG ]; then
    run "$work/theirs" ogr2ogr -f "$2" "$work/theirs" "$1" $3
    return
  fi
  for layer in $3; do run "$work/theirs" ogr2ogr -f "$2" "$work/theirs" "$1" "$layer"; done |
    awk '{ wall += $1; worked += $2; if ($3 > most) most = $3 } END { print wall, worked, most }'
}
column() { awk -v n="$1" '{ print $n }' "$2" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

for collection in stops legs; do
  bin/corridor export --db "$db" --format gpkg "$collection" -o "$work/$collection.gpkg" 2>/dev/null
  layers=$(ogrinfo -q "$work/$collection.gpkg" | sed -nE "s/^[0-9]+: (${collection}_[a-z_]+).*/\1/p" | tr '\n' ' ')
  for format in GPKG GeoJSON; do
    : >"$work/a"; : >"$work/b"
    for _ in $(seq "$rounds"); do
      ours "$collection" "${format,,}" >>"$work/a"
      theirs "$work/$collection.gpkg" "$format" "$layers" >>"$work/b"
    done
    printf '%-6s %-8s corridor %6.1f s (%5.1f of a processor, %3d MB)   ogr2ogr %6.1f s (%5.1f, %3d MB)   time %.2f, of a processor %.2f\n' "$collection" "$format" \
      "$(column 1 "$work/a")" "$(column 2 "$work/a")" "$(column 3 "$work/a")" "$(column 1 "$work/b")" "$(column 2 "$work/b")" "$(column 3 "$work/b")" \
      "$(paste -d' ' "$work/a" "$work/b" | awk '{ print $1 / $4 }' | column 1 /dev/stdin)" "$(paste -d' ' "$work/a" "$work/b" | awk '{ print $2 / $5 }' | column 1 /dev/stdin)"
  done
  echo "$collection XLSX     corridor $(ours "$collection" xlsx) (seconds, of a processor, MB)"
done
