#!/usr/bin/env bash
# Kills Capstan and its PostgreSQL at random instants and checks that nothing is lost, doubled or left behind.
#   scripts/kill-test.sh [KILLS] [SEED]     20 kills if none are named; docs/reliability.md says what is checked
set -euo pipefail

cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
. scripts/prerequisites.sh

kills=${1:-20}
[[ $kills =~ ^[1-9][0-9]*$ ]] || fail "the number of kills must be a whole number from 1, not \"$kills\""
[[ ${2:-0} =~ ^-?[0-9]+$ ]] || fail "the seed must be a whole number, not \"$2\""
seed=()
[ $# -lt 2 ] || seed=("-Dcapstan.seed=$2")
JAVA_HOME=$(find_jdk 25) || fail "JDK 25 or newer was not found. Install one (https://adoptium.net) and set CAPSTAN_JAVA_HOME to it."
export JAVA_HOME
require git mvn
install_sandbox

exec mvn -q -B -ntp -pl cli -am -Pslow test -Dspotless.check.skip=true -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='KillTest,PowerLossTest,PostgresKillTest' "-Dcapstan.kills=$kills" "${seed[@]}"
