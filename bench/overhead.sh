#!/usr/bin/env bash
# What a run costs over the same commands typed by hand, on a Maven repository.
#   bench/overhead.sh REPOSITORY CHANGE_SCRIPT [ROUNDS]
# By hand: clone, build and test the base, make the change, build and test again. Both sides use a filled cache of
# dependencies and no network; the run starts its own server and database. Prints seconds and the ratio of each round:
# first run of a commit, then a second run on the same commit, whose baseline is known.
set -euo pipefail

repository=$(readlink -f "$1")
script=$(readlink -f "$2")
rounds=${3:-3}
home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

seconds() { # runs the command, prints wall-clock seconds
  local start end
  start=$(date +%s.%N)
  "$@" >"$scratch/output" 2>&1 || { cat "$scratch/output" >&2; exit 1; }
  end=$(date +%s.%N)
  echo "$end $start" | awk '{printf "%.1f", $1 - $2}'
}

run() { "$home/capstan" run --data "$scratch/data" --repo "$repository" --base "$1" --goal "Measure the overhead" -- "$script"; }

# What a run does, read from the log of one: the very commands, typed by hand.
run "$(git -C "$repository" rev-parse HEAD~1)" >/dev/null
"$home/capstan" logs --data "$scratch/data" | sed -n 's/^run | \$ \(mvn .*\)$/\1/p' | head -n 1 >"$scratch/command"
cache=$(find "$scratch/data/caches" -mindepth 2 -maxdepth 2 -type d -name 'm2*' | head -n 1)
[ -s "$scratch/command" ] && [ -n "$cache" ] || { echo "overhead: this is not a Maven repository that a run can measure" >&2; exit 2; }
read -r -a command < <(sed "s#/capstan/cache/m2#$cache#" "$scratch/command")

by_hand() {
  rm -rf "$scratch/clone"
  git clone -q "$repository" "$scratch/clone"
  cd "$scratch/clone"
  "${command[@]}" -o
  "$script"
  "${command[@]}" -o
  cd "$scratch"
}

echo "| round | by hand | first run | ratio | baseline known | ratio |"
echo "| --- | --- | --- | --- | --- | --- |"
for round in $(seq "$rounds"); do
  hand=$(seconds by_hand)
  # a commit that no run has seen, with the same tree
  new=$(git -C "$repository" commit-tree -m "round $round" -p HEAD "HEAD^{tree}")
  git -C "$repository" update-ref "refs/heads/overhead-$round" "$new"
  first=$(seconds run "overhead-$round")
  again=$(seconds run "overhead-$round")
  git -C "$repository" update-ref -d "refs/heads/overhead-$round"
  echo "$round $hand $first $again" | awk '{printf "| %d | %.1f s | %.1f s | %.2f | %.1f s | %.2f |\n", $1, $2, $3, $3/$2, $4, $4/$2}'
done
