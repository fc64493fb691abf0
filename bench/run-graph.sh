#!/usr/bin/env bash
# Whether the graph's calls in Java are those that the JDK's compiler sees, and whether it follows changes of files as if
# it were made anew: on java.util, and on repositories. Prints two tables.
#   bench/run-graph.sh [REPOSITORY...]      clones
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
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
echo "load $(cut -d' ' -f1 /proc/loadavg), $(nproc) processors" >&2
"$JAVA_HOME/bin/java" -Xmx2g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
  -cp "bench/target/classes:$(cat bench/target/classpath)" \
  dev.capstan.bench.GraphBenchmark "$scratch" "${folders[@]}"
