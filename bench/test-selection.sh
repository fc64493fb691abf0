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
home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
sources=()
for source in "$@"; do
  [ ! -e "$source" ] || source=$(readlink -f -- "$source")
  sources+=("$source")
done
cd "$home"
. scripts/prerequisites.sh
[ ${#sources[@]} -gt 0 ] || fail "no repository was named"
[[ $commits =~ ^[1-9][0-9]?$ ]] || fail "the number of commits must be 1 to 99, not \"$commits\""
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
  dependency:build-classpath -Dmdep.outputFile=target/classpath
"$JAVA_HOME/bin/java" -cp "bench/target/classes:$(cat bench/target/classpath)" \
  dev.capstan.bench.TestSelectionBenchmark "$commits" "$scratch" "${sources[@]}"
