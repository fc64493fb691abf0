#!/usr/bin/env bash
# Measures how many plan items a second go through the planner, and through the queue as one run. Prints a table.
#   bench/plan-items.sh [ITEMS] [ROUNDS]     10000 items and 3 rounds, after a smaller one that is thrown away
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
items=${1:-10000}
rounds=${2:-3}

build_benchmarks
benchmark dev.capstan.bench.PlanItemsBenchmark "$items" "$rounds" "$scratch" "$scratch/table.md"
cat "$scratch/table.md"
