#!/usr/bin/env bash
# Measures the queue beside its peers and writes docs/benchmarks/queue.md.
#   bench/run-queue.sh              three rounds of all
#   bench/run-queue.sh 1 capstan    one round of Capstan alone, printed, not written
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

rounds=${1:-3}
only=${2:-all}
restate=1.7.12
restate_sdk=1.17.2
conductor=3.32.3

mkdir "$scratch/peers"

# The peers; one that can't be installed is reported as DID_NOT_RUN.
if [ "$only" = all ]; then
  { command -v redis-server && /usr/bin/python3 -c 'import celery, redis, rq'; } >/dev/null 2>&1 ||
    apt-get install -y -qq python3-celery python3-redis python3-rq redis-server >/dev/null ||
    echo "Celery's and RQ's packages could not be installed" >&2
  (cd "$scratch/peers" && npm init -y && npm install "@restatedev/restate-server@$restate" "@restatedev/restate-sdk@$restate_sdk") >/dev/null ||
    echo "Restate's packages could not be installed" >&2
  mvn -q -B -ntp dependency:copy "-Dartifact=org.conductoross:conductor-server:$conductor:jar:boot" "-DoutputDirectory=$scratch/peers" -Dmdep.stripVersion=true -Dmdep.stripClassifier=true ||
    echo "Conductor could not be fetched" >&2
fi

build_benchmarks

benchmark ${BENCH_JAVA_OPTIONS:-} \
  dev.capstan.bench.QueueBenchmark "$rounds" "$scratch" bench/peers "$scratch/table.md" "$only"
[ "$only" = all ] || { cat "$scratch/table.md"; exit 0; }

mkdir -p docs/benchmarks
{
  cat bench/queue-heading.md
  echo
  echo "Measured $(date -u +%F) at commit $(git rev-parse --short HEAD) with \`bench/run-queue.sh $rounds\`: $rounds rounds, contenders in turn, after a shorter round that is thrown away. Machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1048576}' /proc/meminfo), $(uname -sr), $(. /etc/os-release && echo "$PRETTY_NAME"); load average before it $load."
  echo
  cat "$scratch/table.md"
} >docs/benchmarks/queue.md
echo "written: docs/benchmarks/queue.md"
