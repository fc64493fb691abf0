# Sourced by the scripts that run a class of bench/. Goes to the repository's root; sets load, the average before anything was done,
# and scratch, a folder that goes with the script.
cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
. scripts/prerequisites.sh

load=$(cut -d" " -f1 /proc/loadavg)
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-bench.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

# Compiles what there is to measure, and says how busy the machine is after that.
build_benchmarks() {
  mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip=true package \
    dependency:build-classpath -Dmdep.outputFile=target/classpath
  echo "load $(cut -d' ' -f1 /proc/loadavg), $(nproc) processors" >&2
}

# benchmark [OPTION_OF_JAVA...] CLASS [ARGUMENT...]
benchmark() {
  "$JAVA_HOME/bin/java" -cp "bench/target/classes:$(cat bench/target/classpath)" "$@"
}
