#!/usr/bin/env bash
# The guard on the guards: fails if a module's tests did not run, or any was skipped, unless it says that this
# machine cannot do it (DID_NOT_RUN and why), which is printed.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."

status=0
for module in $(sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' pom.xml); do
  [ -n "$(find "$module/src/test/java" -name '*Test.java' -print -quit 2>/dev/null)" ] || continue
  reports=("$module"/target/surefire-reports/TEST-*.xml)
  if ! [ -f "${reports[0]}" ]; then
    echo "DID_NOT_RUN: no test of $module was executed" >&2
    status=1
    continue
  fi
  totals=$(sed -n 's/^<testsuite [^>]*\btests="\([0-9]*\)".*\berrors="\([0-9]*\)".*\bskipped="\([0-9]*\)".*\bfailures="\([0-9]*\)".*/\1 \2 \3 \4/p' "${reports[@]}" |
    awk '{t+=$1; s+=$3; f+=$2+$4} END {print t+0, s+0, f+0}')
  read -r tests skipped failed <<<"$totals"
  echo "$module: $tests tests, $skipped skipped, $failed failed"
  excused=$( { grep -ho '<skipped message="DID_NOT_RUN: [^"]*"' "${reports[@]}" || true; } | sed 's/^<skipped message="/  /; s/"$//')
  [ -z "$excused" ] || echo "$excused"
  [ "$tests" -gt 0 ] && [ "$skipped" -eq "$(grep -c . <<<"$excused" || true)" ] && [ "$failed" -eq 0 ] || status=1
done
exit $status
