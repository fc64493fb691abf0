#!/usr/bin/env bash
# How fast work trees are indexed, how much room that takes, how fast answers are; beside universal-ctags,
# codesearch and ripgrep. Prints a table.
#   bench/run-index.sh WORK_TREE...               words and names
#   EMBED=true bench/run-index.sh WORK_TREE...    and vectors
set -euo pipefail
folders=()
for folder in "$@"; do
  folders+=("$(git -C "$folder" rev-parse --show-toplevel)")
done
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
((${#folders[@]})) || fail "name at least one work tree"
type ctags cindex csearch rg >/dev/null 2>&1 ||
  apt-get install -y -qq universal-ctags codesearch ripgrep >/dev/null ||
  fail "universal-ctags, codesearch and ripgrep could not be installed"

build_benchmarks
benchmark -Xmx2g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
  dev.capstan.bench.IndexBenchmark "$scratch" "${EMBED:-false}" "${folders[@]}"
