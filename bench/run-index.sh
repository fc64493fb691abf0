#!/usr/bin/env bash
# How fast work trees are indexed, how much room that takes, how fast answers are; beside universal-ctags,
# codesearch and ripgrep. Prints a table.
#   bench/run-index.sh WORK_TREE...               words and names
#   EMBED=true bench/run-index.sh WORK_TREE...    and vectors
set -euo pipefail
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
folders=()
for folder in "$@"; do
  folders+=("$(git -C "$folder" rev-parse --show-toplevel)")
done
cd "$home"
. scripts/prerequisites.sh
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
((${#folders[@]})) || fail "name at least one work tree"
command -v ctags cindex csearch rg >/dev/null 2>&1 ||
  apt-get install -y -qq universal-ctags codesearch ripgrep >/dev/null ||
  fail "universal-ctags, codesearch and ripgrep could not be installed"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
echo "load $(cut -d' ' -f1 /proc/loadavg), $(nproc) processors" >&2
"$JAVA_HOME/bin/java" -Xmx2g --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
  -cp "bench/target/classes:$(cat bench/target/classpath)" \
  dev.capstan.bench.IndexBenchmark "$scratch" "${EMBED:-false}" "${folders[@]}"
