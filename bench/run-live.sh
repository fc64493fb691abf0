#!/usr/bin/env bash
# Measures how long an event takes to clients over WebSocket, three times. Prints a table.
#   bench/run-live.sh [CLIENTS] [RUNS] [MILLISECONDS]     1000 clients, 60 runs of 3 events, 100 ms between commits
set -euo pipefail
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$home"
. scripts/prerequisites.sh
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT
ulimit -n "$(ulimit -Hn)"

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
echo "load $(cut -d' ' -f1 /proc/loadavg), $(nproc) processors" >&2
echo "| clients | events | between commits | samples | p50, ms | p95, ms | p99, ms |"
echo "|---:|---:|---:|---:|---:|---:|---:|"
for round in 1 2 3; do
  "$JAVA_HOME/bin/java" -cp "bench/target/classes:$(cat bench/target/classpath)" \
    dev.capstan.bench.LiveBenchmark "$scratch/$round" "${1:-1000}" "${2:-60}" "${3:-100}"
done
