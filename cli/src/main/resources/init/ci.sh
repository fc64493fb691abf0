#!/bin/sh
# Carries out .capstan/plan.yaml on the commit that is checked out. Leaves capstan-report.md, with the evidence, and
# capstan-difference.txt: the test cases and the coverage that differ from the base. The exit code is that of the run.
#   CAPSTAN       how to call Capstan; else "capstan" on the PATH
#   CAPSTAN_HOME  its data folder, one for each repository; kept between builds it saves fetching and measuring the base again
set -eu
root=$(git rev-parse --show-toplevel)
base=$(git rev-parse HEAD)
capstan=${CAPSTAN:-capstan}
CAPSTAN_HOME=${CAPSTAN_HOME:-$(mktemp -d)}
export CAPSTAN_HOME

code=0
"$capstan" run --repo "$root" --base "$base" --plan "$root/.capstan/plan.yaml" || code=$?
"$capstan" report --output capstan-report.md || true
"$capstan" snapshots compare "$base" latest >capstan-difference.txt || true
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f capstan-report.md ]; then
  cat capstan-report.md >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
