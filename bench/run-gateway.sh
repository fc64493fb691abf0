#!/usr/bin/env bash
# Measures what the gateway to language models adds to a streamed call, and writes docs/benchmarks/gateway.md.
#   bench/run-gateway.sh [PAIRS]     300 pairs of calls for each length of prompt
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

pairs=${1:-300}

build_benchmarks
measure() {
  benchmark dev.capstan.bench.GatewayBenchmark "$pairs" "$1" "$scratch/$1"
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
