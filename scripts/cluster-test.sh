#!/usr/bin/env bash
# Two servers and three workers on one PostgreSQL: kills them at random while runs are under way, cuts a worker's
# cable, and checks that every run completes once.
#   scripts/cluster-test.sh [RUNS] [SEED]     20 runs if none are named; docs/reliability.md says what is checked
set -euo pipefail

cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
. scripts/prerequisites.sh

runs=${1:-20}
[[ $runs =~ ^[1-9][0-9]*$ ]] || fail "the number of runs must be a whole number from 1, not \"$runs\""
[[ ${2:-0} =~ ^-?[0-9]+$ ]] || fail "the seed must be a whole number, not \"$2\""
seed=()
[ $# -lt 2 ] || seed=("-Dcapstan.seed=$2")
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
install_sandbox
install_test_tools

exec mvn -q -B -ntp -pl cli -am -Pslow test -Dspotless.check.skip=true -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='ClusterTest' "-Dcapstan.runs=$runs" "${seed[@]}"
