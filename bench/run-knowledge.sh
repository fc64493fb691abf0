#!/usr/bin/env bash
# How well files are found from the words of real commits, how fast, and what a context pack holds; and how well
# functions of Java are found from what their comments say. Prints tables.
#   bench/run-knowledge.sh REPOSITORY...      clones with their history
#   EMBED=false bench/run-knowledge.sh ...    by words, names and past commits alone
set -euo pipefail
folders=()
for repository in "$@"; do
  folders+=("$(git -C "$repository" rev-parse --absolute-git-dir)")
done
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
((${#folders[@]})) || fail "name at least one repository"

build_benchmarks
run() {
  benchmark -Xmx1g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector "$@"
}
run dev.capstan.bench.KnowledgeBenchmark "$scratch" "${EMBED:-true}" "${folders[@]}"
echo
run dev.capstan.bench.DocstringBenchmark "$scratch" "${EMBED:-true}" "${folders[@]}"
