#!/usr/bin/env bash
# How long a server takes from its command until it is ready, with the JVM's cache, on a data folder that is there already;
# and what it takes while it idles. Prints a table in Markdown.
#   bench/start-up.sh [ROUNDS] [IDLE_SECONDS]
# On a machine that is busy with other things the least of many rounds says most.
set -euo pipefail

rounds=${1:-9}
idle=${2:-10}
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT

milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
say() { echo "start-up: $*" >&2; }

# Starts a server and sets $took, $server and $url.
start() {
  local began
  mkfifo "$folder/said"
  began=$(milliseconds)
  "$home/capstan" server --data "$folder/data" --listen 127.0.0.1:0 >"$folder/said" 2>"$folder/errors" &
  server=$!
  while read -r line; do
    case "$line" in "listening on "*) url=${line#listening on }; break ;; esac
  done <"$folder/said"
  until curl -fsS "$url/readyz" >/dev/null 2>&1; do :; done
  took=$(($(milliseconds) - began))
  rm "$folder/said"
}

stop() {
  kill "$server"
  wait "$server" || true
  server=
}

kilobytes() { sed -n "s/^$1:[[:space:]]*\([0-9]*\) kB/\1/p" "$2"; }

# Of all processes of the database, with memory that they share counted once.
database() {
  local postmaster total=0 count=0 part
  postmaster=$(head -1 "$folder"/data/postgres/*/data/postmaster.pid | tr -d ' ')
  for pid in "$postmaster" $(pgrep -P "$postmaster"); do
    part=$(kilobytes Pss "/proc/$pid/smaps_rollup")
    total=$((total + ${part:-0}))
    count=$((count + 1))
  done
  echo "$((total / 1024)) $count"
}

"$home/capstan" --help >/dev/null
say "the first start makes the data folder"
start
cold=$took
stop

took_all=()
for round in $(seq "$rounds"); do
  start
  took_all+=("$took")
  say "round $round: $took ms, load $(cut -d' ' -f1 /proc/loadavg)"
  if [ "$round" = "$rounds" ]; then
    sleep "$idle"
    rss=$(($(kilobytes VmRSS "/proc/$server/status") / 1024))
    threads=$(sed -n 's/^Threads:\s*//p' "/proc/$server/status")
    read -r database_mb database_processes <<<"$(database)"
  fi
  stop
done
mapfile -t sorted < <(printf '%s\n' "${took_all[@]}" | sort -n)

cat <<END
| | |
| --- | --- |
| first start, no data folder | $cold ms |
| warm start, least of $rounds | ${sorted[0]} ms |
| warm start, median | ${sorted[$((rounds / 2))]} ms |
| server, resident memory after $idle s | $rss MB |
| server, threads | $threads |
| PostgreSQL, all $database_processes processes, shared memory counted once | $database_mb MB |
END
