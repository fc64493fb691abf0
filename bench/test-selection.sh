#!/usr/bin/env bash
# How much of a suite runs until a broken change is known, nearest tests first, on real commits. Prints a table.
#   bench/test-selection.sh [-n COMMITS] REPOSITORY...     3 commits of each; paths or URLs, with their history
# It runs the repositories' tests (Maven, pytest) outside of the sandbox, in a scratch folder.
set -euo pipefail
commits=3
if [ "${1:-}" = -n ]; then
  commits=$2
  shift 2
fi
sources=()
for source in "$@"; do
  [ ! -e "$source" ] || source=$(readlink -f -- "$source")
  sources+=("$source")
done
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
[ ${#sources[@]} -gt 0 ] || fail "no repository was named"
[[ $commits =~ ^[1-9][0-9]?$ ]] || fail "the number of commits must be 1 to 99, not \"$commits\""

build_benchmarks
benchmark dev.capstan.bench.TestSelectionBenchmark "$commits" "$scratch" "${sources[@]}"
