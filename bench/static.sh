#!/usr/bin/env bash
# Measures how fast static bytes are served, against Debian's nginx: files of the built front end of about 2, 25 and 280 KB, with
# the same bytes and the same headers, and the answer that nothing has changed; and against Go's HTTP server alone (bench/bare),
# the most that can be had on it. One wrk asks all in turns over 32 connections that stay open; nginx has as many workers as
# Go has processors. Nobody writes a log. Needs `make build` and Debian's nginx-light and wrk.
#
#   bench/static.sh [ROUNDS [SECONDS]]
set -eu -o pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-4}
for name in wrk:wrk nginx:nginx-light; do
  command -v "${name%:*}" >/dev/null || { echo "install Debian's package ${name#*:}" >&2; exit 1; }
done
work=$(mktemp -d)
servers=()
trap 'for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT

bin/corridor import --db "$work/content.db" data/content/mekong 2>/dev/null
bin/corridor serve --addr 127.0.0.1:0 --db "$work/content.db" 2>"$work/corridor.log" &
servers+=($!)
# where LOG prints the address that a server has written.
where() {
  local at
  for _ in $(seq 2000); do
    at=$(sed -n 's/^listening on //p' "$1")
    [ -z "$at" ] || break
    sleep 0.005
  done
  echo "$at"
}
ours=$(where "$work/corridor.log")

# A port that was free a moment ago.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
theirs=http://127.0.0.1:$port
files=$(cd static/dist && for file in viewer-map-*.js viewer-*.js noto-sans-myanmar-600-*.woff2; do [ "${file#viewer-map}" != "$file" ] || echo "$file"; done)
small=$(sed -n '/^viewer/p' <<<"$files")
middle=$(sed -n '/^noto/p' <<<"$files")
large=$(cd static/dist && ls present-*.js)

# told FILE ENCODING brings a file over to nginx, with the headers that ours sends besides those that nginx writes itself.
mkdir "$work/files"
told() {
  curl -fsS -D "$work/head" -H "Accept-Encoding: $2" -o "$work/files/$1" "$ours/assets/$1"
  echo "location = /$1 { "
  grep -viE '^(HTTP|Content-Length|Transfer-Encoding|Date|ETag|Content-Type|[[:space:]]*$)' "$work/head" | tr -d '\r' | sed -E 's/^([^:]+): (.*)$/add_header \1 "\2";/'
  sed -nE 's/^Content-Type: ([^\r]*).*/types {} default_type "\1";/ip' "$work/head"
  echo "}"
}
{ told "$small" gzip; told "$middle" identity; told "$large" identity; } >"$work/locations"
cat >"$work/nginx.conf" <<CONF
daemon off;
pid $work/nginx.pid;
error_log $work/error.log crit;
worker_processes ${GOMAXPROCS:-$(nproc)};
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_body_temp_path $work/1; proxy_temp_path $work/2; fastcgi_temp_path $work/3; uwsgi_temp_path $work/4; scgi_temp_path $work/5;
  server { listen 127.0.0.1:$port; root $work/files; include $work/locations; }
}
CONF
chmod -R a+rX "$work" # nginx reads as a user of its own
nginx -e "$work/error.log" -p "$work" -c "$work/nginx.conf" &
servers+=($!)
for _ in $(seq 2000); do curl -fs -o /dev/null "$theirs/$small" && break; sleep 0.005; done

${GO:-go} build -o "$work/bare" ./bench/bare
"$work/bare" "$ours/assets/$small" gzip "$ours/assets/$middle" identity "$ours/assets/$large" identity 2>"$work/bare.log" &
servers+=($!)
bare=$(where "$work/bare.log")

# worked prints how long a process and its children have had a processor, in ticks of 10 ms.
worked() { cat "/proc/$1/stat" $(pgrep -P "$1" | sed 's|.*|/proc/&/stat|') | awk '{ n += $14 + $15 } END { print n }'; }

# rate PROCESS ADDRESS HEADER… prints requests a second, how many the server answers in a second of a processor, which a busy
# machine changes least, and what failed.
rate() {
  local pid=$1 address=$2 headers=() before
  shift 2
  for header in "$@"; do headers+=(-H "$header"); done
  before=$(worked "$pid")
  wrk -t1 -c32 -d"${seconds}s" "${headers[@]}" "$address" >"$work/said"
  grep -E 'Non-2xx|Socket errors' "$work/said" >&2 || true
  awk -v ticks=$(($(worked "$pid") - before)) '$1 == "Requests/sec:" { rate = $2 } $2 == "requests" { n = $1 }
    END { print rate, n * 100 / ticks }' "$work/said"
}
tag() { curl -fsS -o /dev/null -D - -H "$2" "$1" | sed -nE 's/^etag: ([^\r]*).*/\1/ip'; }

median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
compare() { # NAME FILE ENCODING BOUND [304]
  local ours_header=() theirs_header=() a b c
  if [ -n "${5:-}" ]; then
    ours_header=("If-None-Match: $(tag "$ours/assets/$2" "Accept-Encoding: $3")")
    theirs_header=("If-None-Match: $(tag "$theirs/$2" "Accept-Encoding: $3")")
  fi
  : >"$work/rounds"
  for _ in $(seq "$rounds"); do
    a=$(rate "${servers[0]}" "$ours/assets/$2" "Accept-Encoding: $3" "${ours_header[@]}")
    b=$(rate "${servers[1]}" "$theirs/$2" "Accept-Encoding: $3" "${theirs_header[@]}")
    c=$(rate "${servers[2]}" "$bare/assets/$2" "Accept-Encoding: $3" "${ours_header[@]}")
    echo "$a $b $c" >>"$work/rounds"
  done
  printf '%-13s corridor %6.0f/s  nginx %6.0f/s  ratio %.2f, of processor time %.2f (bound %s; ratios %s)\n' "$1" \
    "$(awk '{ print $1 }' "$work/rounds" | median)" "$(awk '{ print $3 }' "$work/rounds" | median)" \
    "$(awk '{ print $1 / $3 }' "$work/rounds" | median)" "$(awk '{ print $2 / $4 }' "$work/rounds" | median)" "$4" \
    "$(awk '{ printf "%.2f ", $1 / $3 }' "$work/rounds")"
  printf '%-13s net/http %6.0f/s, to nginx %.2f, of processor time %.2f; corridor to it %.2f, of processor time %.2f\n' "" \
    "$(awk '{ print $5 }' "$work/rounds" | median)" "$(awk '{ print $5 / $3 }' "$work/rounds" | median)" \
    "$(awk '{ print $6 / $4 }' "$work/rounds" | median)" "$(awk '{ print $1 / $5 }' "$work/rounds" | median)" \
    "$(awk '{ print $2 / $6 }' "$work/rounds" | median)"
}
size() { wc -c <"$work/files/$1"; }
compare "$(size "$small") bytes" "$small" gzip 0.7
compare "$(size "$middle") bytes" "$middle" identity 0.5
compare "$(size "$large") bytes" "$large" identity 0.7
compare "304" "$small" gzip 0.5 304
