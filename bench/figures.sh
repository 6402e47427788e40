#!/usr/bin/env bash
# Prints the figures of a running Corridor: import, time until the server is ready, idle memory, weight of the route's
# page. Run through `make bench`.
set -eu -o pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

ms() { echo $(($(date +%s%N) / 1000000)); }

for run in 1 2 3 4 5; do
  start=$(ms)
  bin/corridor import --db "$work/$run.db" data/content/mekong 2>/dev/null
  echo "import of the pack, run $run: $(($(ms) - start)) ms"
done

for run in 1 2 3 4 5; do
  start=$(ms)
  bin/corridor serve --addr 127.0.0.1:0 --geocode-rate 0 --db "$work/1.db" 2>"$work/log" &
  server=$!
  address=
  for _ in $(seq 2000); do
    address=$(sed -n 's/^listening on //p' "$work/log")
    [ -z "$address" ] || break
    sleep 0.002
  done
  curl -fsS "$address/readyz" >/dev/null
  echo "server ready, run $run: $(($(ms) - start)) ms"
  [ "$run" = 5 ] || { kill "$server"; wait "$server" 2>/dev/null || true; }
done

for path in / /routes/yunnan /api/routes/yunnan; do curl -fsS "$address$path" >/dev/null; done
sleep 2 # idle is what is left when nothing happens
echo "idle memory: $(awk '/^RssAnon/ { print $2 }' "/proc/$server/status") kB RssAnon"

# Searches of places: words of which many names begin, and misspelt ones.
curl -fsS --parallel --parallel-max 32 "$address/api/geocode?q={san,ban,chiang,nova,saint,kota}+[a-z]" \
  "$address/api/geocode?q={Bangkkok,Xishuangbana,Springfeild}[1-20]&limit=50" >/dev/null 2>"$work/progress" &
load=$!
most=0
while kill -0 "$load" 2>/dev/null; do
  now=$(awk '/^RssAnon/ { print $2 }' "/proc/$server/status")
  [ "$now" -le "$most" ] || most=$now
done
wait "$load"
echo "memory under searches of places: $most kB RssAnon at most"
sleep 2
echo "idle memory with the index in use: $(awk '/^RssAnon/ { print $2 }' "/proc/$server/status") kB RssAnon"

page=$(curl -fsS "$address/routes/yunnan")
assets=$(grep -oE '/assets/[a-z-]+-[0-9a-f]{10}\.(js|css)' <<<"$page" | sort -u)
[[ $assets == */viewer-map-* && $assets == */style-* ]] || { echo "the route page names neither map nor style: $assets" >&2; exit 1; }
for asset in $assets; do
  echo "$asset: $(curl -fsS -H 'Accept-Encoding: gzip' "$address$asset" | wc -c) bytes gzipped"
done
echo "route page, HTML: $(curl -fsS -H 'Accept-Encoding: gzip' "$address/routes/yunnan" | wc -c) bytes gzipped"
for c in stops legs places sites movements; do
  echo "$c of the route: $(curl -fsS -H 'Accept-Encoding: gzip' "$address/api/collections/$c/items?limit=1000&lang=en" | wc -c) bytes gzipped"
done
