#!/usr/bin/env bash
# Measures how fast map tiles are served, against mbtileserver with the same file, one tile answered from memory by net/http
# alone (bench/bare), and the program's own style sheet, a static answer. Each server is a process of its own and wrk asks them in
# turns, for the same tiles, over 32 connections that stay open. Needs `make build` and Debian's wrk.
#
#   bench/tiles.sh [ROUNDS [SECONDS]]
set -eu -o pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-5}
command -v wrk >/dev/null || { echo "install Debian's package wrk" >&2; exit 1; }
work=$(mktemp -d)
servers=()
trap 'for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT

go build -C bench/mbtileserver -o "$work/mbtileserver" github.com/consbio/mbtileserver
go build -o "$work/bare" ./bench/bare
bin/corridor import --db "$work/content.db" data/content/mekong 2>/dev/null
bin/corridor serve --addr 127.0.0.1:0 --db "$work/content.db" 2>"$work/corridor.log" &
servers+=($!)

# free prints a port on which nobody listens: mbtileserver takes none of the system's choice.
free() {
  local port
  while port=$((20000 + RANDOM % 10000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}
port=$(free)
mkdir "$work/tilesets"
cp build/basemap.mbtiles "$work/tilesets"
"$work/mbtileserver" --host 127.0.0.1 --port "$port" --dir "$work/tilesets" >"$work/mbtileserver.log" 2>&1 &
servers+=($!)

# listening prints the address that a server writes once it listens.
listening() {
  for _ in $(seq 2000); do
    sed -n 's/^listening on //p' "$1" | grep . && return
    sleep 0.005
  done
  cat "$1" >&2
  return 1
}
ours=$(listening "$work/corridor.log") theirs=http://127.0.0.1:$port
curl -fsS --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null "$theirs/services/basemap"
version=$(curl -fsS "$ours/tiles/basemap.json" | grep -oE '\?v=[^"]+')

# asking FILE PREFIX SUFFIX writes a script that asks for the tiles about the corridor, one after the other.
asking() {
  cat >"$1" <<LUA
local requests, n = {}, 0
init = function()
  for _, tile in ipairs({"4/12/7", "4/12/6", "5/25/14", "5/24/14", "5/25/13", "5/24/13", "6/50/28", "6/49/28"}) do
    requests[#requests + 1] = wrk.format("GET", "$2" .. tile .. "$3")
  end
end
request = function() n = n % #requests + 1; return requests[n] end
LUA
}
asking "$work/ours.lua" /tiles/basemap/ ".mvt$version"
asking "$work/theirs.lua" /services/basemap/tiles/ .pbf
one="/tiles/basemap/4/12/7.mvt$version"
"$work/bare" "$ours$one" gzip 2>"$work/bare.log" &
servers+=($!)
bare=$(listening "$work/bare.log")
sheet=$(curl -fsS "$ours/routes/yunnan" | grep -oE '/assets/style-[0-9a-f]+\.css' | head -n 1)
bytes() { curl -fsS -H 'Accept-Encoding: gzip' "$1" | wc -c; }
# The tile among some that is as long as the style sheet, or nearly.
like=$(for tile in 6/50/28 5/25/14 5/24/14 4/12/6 5/25/13 6/49/27 6/50/27; do
  n=$(($(bytes "$ours/tiles/basemap/$tile.mvt$version") - $(bytes "$ours$sheet")))
  echo "${n#-} $tile"
done | sort -n | sed -n '1s/.* //p')

# worked prints how long a process has had a processor, in ticks of 10 ms.
worked() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# ask NAME PROCESS ARGUMENTS… prints the rate, the 99th percentile of the time to answer, the processor's time that the
# server took for a request, which a busy machine changes least, and what failed.
ask() {
  local name=$1 pid=$2 before
  shift 2
  before=$(worked "$pid")
  wrk -t1 -c32 -d"${seconds}s" --latency -H 'Accept-Encoding: gzip' "$@" >"$work/said"
  awk -v name="$name" -v ticks=$(($(worked "$pid") - before)) '
    $1 == "99%" { p99 = $2 } $1 == "Requests/sec:" { rate = $2 } $2 == "requests" { n = $1 }
    /Non-2xx|Socket errors/ { failed = failed " " $0 }
    END { printf "%-22s %7.0f requests/s   p99 %-8s %5.1f µs of processor a request%s\n", name, rate, p99, ticks * 10000 / n, failed }' "$work/said"
}

for round in $(seq "$rounds"); do
  echo "round $round: the tile $like has $(bytes "$ours/tiles/basemap/$like.mvt$version") bytes, the style sheet $(bytes "$ours$sheet"); load $(cut -d' ' -f1 /proc/loadavg)"
  ask "corridor" "${servers[0]}" -s "$work/ours.lua" "$ours"
  ask "mbtileserver" "${servers[1]}" -s "$work/theirs.lua" "$theirs"
  ask "corridor, $like" "${servers[0]}" "$ours/tiles/basemap/$like.mvt$version"
  ask "corridor, style sheet" "${servers[0]}" "$ours$sheet"
  ask "corridor, one tile" "${servers[0]}" "$ours$one"
  ask "that tile from memory" "${servers[2]}" "$bare${one%\?*}"
done
