#!/usr/bin/env bash
# Measures how fast static bytes are served, against Debian's nginx: files of the built front end of about 2, 25 and 280 KB, with
# the same bytes and the same headers, and the answer that nothing has changed. nginx stands there twice: without a log, as ours
# keeps none, and with the log that the configuration writes which Debian ships. Go's HTTP server alone (bench/bare) is the most
# that can be had on it. One wrk asks all in turns over 32 connections that stay open; nginx has as many workers as Go has
# processors. Needs `make build` and Debian's nginx-light and wrk.
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

# free prints a port that was free a moment ago.
free() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }
port=$(free) logged_port=$(free)
theirs=http://127.0.0.1:$port logged=http://127.0.0.1:$logged_port
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
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_body_temp_path $work/1; proxy_temp_path $work/2; fastcgi_temp_path $work/3; uwsgi_temp_path $work/4; scgi_temp_path $work/5;
  server { listen 127.0.0.1:$port; access_log off; root $work/files; include $work/locations; }
  server { listen 127.0.0.1:$logged_port; access_log $work/access.log; root $work/files; include $work/locations; }
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
    {
      rate "${servers[0]}" "$ours/assets/$2" "Accept-Encoding: $3" "${ours_header[@]}"
      rate "${servers[1]}" "$theirs/$2" "Accept-Encoding: $3" "${theirs_header[@]}"
      rate "${servers[1]}" "$logged/$2" "Accept-Encoding: $3" "${theirs_header[@]}"
      rate "${servers[2]}" "$bare/assets/$2" "Accept-Encoding: $3" "${ours_header[@]}"
    } | paste -sd' ' >>"$work/rounds"
    : >"$work/access.log"
  done
  printf '%s, bound %s: requests a second, to nginx, to it of processor time\n' "$1" "$4"
  row corridor 1
  row "nginx" 3
  row "nginx with its log" 5
  row "net/http alone" 7
}
# row NAME COLUMN prints the medians of a server, and what they are of those of nginx without and with a log.
row() {
  printf '  %-20s %6.0f/s  %.2f  %.2f' "$1" "$(awk -v c="$2" '{ print $c }' "$work/rounds" | median)" \
    "$(awk -v c="$2" '{ print $c / $3 }' "$work/rounds" | median)" "$(awk -v c="$2" '{ print $(c + 1) / $4 }' "$work/rounds" | median)"
  printf '   with its log %.2f  %.2f  (rounds %s)\n' "$(awk -v c="$2" '{ print $c / $5 }' "$work/rounds" | median)" \
    "$(awk -v c="$2" '{ print $(c + 1) / $6 }' "$work/rounds" | median)" "$(awk -v c="$2" '{ printf "%.2f ", $c / $3 }' "$work/rounds")"
}
size() { wc -c <"$work/files/$1"; }
compare "$(size "$small") bytes" "$small" gzip 0.7
compare "$(size "$middle") bytes" "$middle" identity 0.5
compare "$(size "$large") bytes" "$large" identity 0.7
compare "304" "$small" gzip 0.5 304
