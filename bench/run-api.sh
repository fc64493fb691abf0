#!/usr/bin/env bash
# Measures reads and commands over the API beside FastAPI on the same PostgreSQL, and writes docs/benchmarks/api.md.
#   bench/run-api.sh [ROUNDS] [SECONDS]     3 rounds, 10 s for each load
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

rounds=${1:-3}
seconds=${2:-10}
{ command -v wrk && /usr/bin/python3 -c 'import fastapi, uvicorn, asyncpg, uvloop, httptools'; } >/dev/null 2>&1 ||
  apt-get install -y -qq wrk python3-fastapi uvicorn python3-asyncpg python3-uvloop python3-httptools >/dev/null ||
  fail "wrk, FastAPI, uvicorn and asyncpg could not be installed"

build_benchmarks
benchmark dev.capstan.bench.ApiBenchmark "$rounds" "$seconds" "$scratch" bench/peers "$scratch/table.md"
{
  cat bench/api-heading.md
  echo
  echo "Measured $(date -u +%F) at commit $(git rev-parse --short HEAD) with \`bench/run-api.sh $rounds $seconds\`; $(nproc) cores, load average before it $load."
  echo
  cat "$scratch/table.md"
} >docs/benchmarks/api.md
echo "written: docs/benchmarks/api.md"
