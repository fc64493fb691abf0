#!/usr/bin/env bash
# How well files are found from the words of real commits, how fast, and what a context pack holds; and how well
# functions of Java are found from what their comments say. Prints tables.
#   bench/run-knowledge.sh REPOSITORY...      clones with their history
#   EMBED=false bench/run-knowledge.sh ...    by words, names and past commits alone
set -euo pipefail
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
folders=()
for repository in "$@"; do
  folders+=("$(git -C "$repository" rev-parse --absolute-git-dir)")
done
cd "$home"
. scripts/prerequisites.sh
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
((${#folders[@]})) || fail "name at least one repository"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
echo "load $(cut -d' ' -f1 /proc/loadavg), $(nproc) processors" >&2
run() {
  "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
    -cp "bench/target/classes:$(cat bench/target/classpath)" "$@"
}
run dev.capstan.bench.KnowledgeBenchmark "$scratch" "${EMBED:-true}" "${folders[@]}"
echo
run dev.capstan.bench.DocstringBenchmark "$scratch" "${EMBED:-true}" "${folders[@]}"
