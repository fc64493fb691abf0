#!/usr/bin/env bash
# Claims that the analysis makes of repositories by its rules, for people to check. Prints a table.
#   bench/run-analysis.sh REPOSITORY...               clones with their history
#   CLAIMS=25 bench/run-analysis.sh REPOSITORY...     so many of each; 10 unless said
set -euo pipefail
folders=()
for repository in "$@"; do
  folders+=("$(git -C "$repository" rev-parse --absolute-git-dir)")
done
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
((${#folders[@]})) || fail "name at least one repository"

build_benchmarks
benchmark -Xmx1g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
  dev.capstan.bench.AnalysisClaims "$scratch" "${CLAIMS:-10}" "${folders[@]}"
