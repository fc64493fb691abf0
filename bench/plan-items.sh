#!/usr/bin/env bash
# Measures how many plan items a second go through the planner, and through the queue as one run. Prints a table.
#   bench/plan-items.sh [ITEMS] [ROUNDS]     10000 items and 3 rounds, after a smaller one that is thrown away
set -euo pipefail
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$home"
. scripts/prerequisites.sh
items=${1:-10000}
rounds=${2:-3}
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
"$JAVA_HOME/bin/java" -cp "bench/target/classes:$(cat bench/target/classpath)" \
  dev.capstan.bench.PlanItemsBenchmark "$items" "$rounds" "$scratch" "$scratch/table.md"
cat "$scratch/table.md"
