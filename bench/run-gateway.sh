#!/usr/bin/env bash
# Measures what the gateway to language models adds to a streamed call, and writes docs/benchmarks/gateway.md.
#   bench/run-gateway.sh [PAIRS]     300 pairs of calls for each length of prompt
set -euo pipefail
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$home"
. scripts/prerequisites.sh

load=$(cut -d" " -f1 /proc/loadavg)
pairs=${1:-300}
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
measure() {
  "$JAVA_HOME/bin/java" -cp "bench/target/classes:$(cat bench/target/classpath)" \
    dev.capstan.bench.GatewayBenchmark "$pairs" "$1" "$scratch/$1"
}
{
  cat bench/gateway-heading.md
  echo
  echo "Measured $(date -u +%F) at commit $(git rev-parse --short HEAD) with \`bench/run-gateway.sh $pairs\`; $(nproc) cores, load average before it $load."
  for characters in 2000 100000; do
    printf '\n## A prompt of %s characters\n\n' "$characters"
    measure "$characters"
  done
} >"$scratch/gateway.md"
mv "$scratch/gateway.md" docs/benchmarks/gateway.md
echo "written: docs/benchmarks/gateway.md"
