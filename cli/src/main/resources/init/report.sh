#!/usr/bin/env bash
# Tells Capstan how a CI job ended. Call it last, whatever the job came to:
#   .capstan/report.sh passed|failed|undecided [NAME]
# Needs curl 7.76 or newer, and these variables, which the CI keeps as secrets:
#   CAPSTAN_URL    where Capstan is reached, as in https://capstan.example.com
#   CAPSTAN_TOKEN  a token that may report
# Optional: CAPSTAN_TESTS, CAPSTAN_FAILED, CAPSTAN_SKIPPED (numbers of test cases). GitHub Actions, GitLab CI and Jenkins tell
# the rest; elsewhere set CAPSTAN_REPOSITORY, CAPSTAN_BRANCH, CAPSTAN_COMMIT, CAPSTAN_JOB_URL and CAPSTAN_REPORT_ID (the same
# for the same job). A report that cannot be delivered ends with 1; it is tried five times.
set +x
set -euo pipefail

conclusion=${1:-}
case $conclusion in
  success) conclusion=passed ;;
  failure) conclusion=failed ;;
  cancelled | canceled | skipped) conclusion=undecided ;;
  passed | failed | undecided) ;;
  *) echo "usage: report.sh passed|failed|undecided [NAME]" >&2; exit 2 ;;
esac
for needed in CAPSTAN_URL CAPSTAN_TOKEN; do
  if [ -z "${!needed:-}" ]; then
    echo "report.sh: $needed is not set; nothing is reported" >&2
    exit 2
  fi
done

if [ -n "${GITHUB_ACTIONS:-}" ]; then
  repository=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY
  branch=${GITHUB_HEAD_REF:-${GITHUB_REF_NAME:-}}
  commit=$GITHUB_SHA
  name=$GITHUB_WORKFLOW/$GITHUB_JOB
  url=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID
  id=github/$GITHUB_REPOSITORY/$GITHUB_RUN_ID/${GITHUB_RUN_ATTEMPT:-1}/$GITHUB_JOB
  # A pull request is built on a commit that merges it; what was delivered is that commit's second parent.
  if [ -n "${GITHUB_HEAD_REF:-}" ]; then
    commit=$(git rev-parse --quiet --verify 'HEAD^2' || echo "$commit")
  fi
elif [ -n "${GITLAB_CI:-}" ]; then
  repository=$CI_PROJECT_URL
  branch=${CI_MERGE_REQUEST_SOURCE_BRANCH_NAME:-$CI_COMMIT_REF_NAME}
  commit=${CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-$CI_COMMIT_SHA}
  [ -n "$commit" ] || commit=$CI_COMMIT_SHA
  name=$CI_JOB_NAME
  url=$CI_JOB_URL
  id=gitlab/$CI_JOB_ID
elif [ -n "${JENKINS_URL:-}" ]; then
  repository=$GIT_URL
  branch=${CHANGE_BRANCH:-${GIT_BRANCH#origin/}}
  commit=$GIT_COMMIT
  name=$JOB_NAME
  url=$BUILD_URL
  id=jenkins/$BUILD_TAG
else
  repository='' branch='' commit='' name='' url='' id=''
fi
repository=${CAPSTAN_REPOSITORY:-$repository}
branch=${CAPSTAN_BRANCH:-$branch}
commit=${CAPSTAN_COMMIT:-$commit}
url=${CAPSTAN_JOB_URL:-$url}
name=${2:-$name}
id=${CAPSTAN_REPORT_ID:-$id}
# An id may have letters, digits and a few signs only; the name tells several reports of one job apart.
id=$(printf '%s' "$id/$name" | tr -c '[:alnum:]./:@+=_-' '-' | cut -c 1-200)

# The token goes to curl by its standard input: never an argument, never printed.
printf 'header = "Authorization: Bearer %s"\n' "$CAPSTAN_TOKEN" | curl --config - \
  --silent --show-error --fail-with-body --max-time 30 --connect-timeout 10 \
  --retry 4 --retry-delay "${CAPSTAN_RETRY_DELAY:-2}" --retry-connrefused --retry-all-errors \
  --data-urlencode "id=$id" \
  --data-urlencode "repository=$repository" \
  --data-urlencode "branch=$branch" \
  --data-urlencode "commit=$commit" \
  --data-urlencode "name=$name" \
  --data-urlencode "conclusion=$conclusion" \
  --data-urlencode "url=$url" \
  --data-urlencode "tests=${CAPSTAN_TESTS:-}" \
  --data-urlencode "failed=${CAPSTAN_FAILED:-}" \
  --data-urlencode "skipped=${CAPSTAN_SKIPPED:-}" \
  "${CAPSTAN_URL%/}/api/v1/ci-reports"
echo
