#!/usr/bin/env bash
# Measures how long an event takes to clients over WebSocket, three times. Prints a table.
#   bench/run-live.sh [CLIENTS] [RUNS] [MILLISECONDS]     1000 clients, 60 runs of 3 events, 100 ms between commits
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
ulimit -n "$(ulimit -Hn)"

build_benchmarks
echo "| clients | events | between commits | samples | p50, ms | p95, ms | p99, ms |"
echo "|---:|---:|---:|---:|---:|---:|---:|"
for round in 1 2 3; do
  benchmark dev.capstan.bench.LiveBenchmark "$scratch/$round" "${1:-1000}" "${2:-60}" "${3:-100}"
done
