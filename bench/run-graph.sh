#!/usr/bin/env bash
# Whether the graph's calls in Java are those that the JDK's compiler sees, and whether it follows changes of files as if
# it were made anew: on java.util, and on repositories. Prints two tables.
#   bench/run-graph.sh [REPOSITORY...]      clones
set -euo pipefail
folders=()
for repository in "$@"; do
  folders+=("$(git -C "$repository" rev-parse --absolute-git-dir)")
done
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

build_benchmarks
benchmark -Xmx2g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
  dev.capstan.bench.GraphBenchmark "$scratch" "${folders[@]}"
