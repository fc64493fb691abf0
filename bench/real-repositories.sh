#!/usr/bin/env bash
# Judges a harmless change of real repositories, each twice from nothing, and prints a table: what was detected, the
# time, the verdicts, and whether both runs came to the same.
#   bench/real-repositories.sh REPOSITORY...      paths or URLs; nothing is written to them
set -euo pipefail

home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/capstan-real.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT

judge() { # repository, name of the try
  local start end
  start=$(date +%s)
  "$home/capstan" run --data "$scratch/$2" --repo "$1" --goal 'Say where this comes from' -- \
    sh -c 'echo "A line for the judge." >> NOTES-OF-THE-JUDGE.txt' >"$scratch/$2.log" 2>&1 || true
  end=$(date +%s)
  "$home/capstan" show --data "$scratch/$2" --json >"$scratch/$2.json" 2>>"$scratch/$2.log" || echo '{}' >"$scratch/$2.json"
  "$home/capstan" logs --data "$scratch/$2" >"$scratch/$2.activity" 2>/dev/null || true
  echo $((end - start)) >"$scratch/$2.seconds"
  rm -rf -- "${scratch:?}/$2"
}

echo '| repository | commit | measured by | first run, s | again, s | verdicts | both alike |'
echo '| --- | --- | --- | ---: | ---: | --- | --- |'
for repository in "$@"; do
  judge "$repository" one
  judge "$repository" two
  python3 - "$repository" "$scratch" <<'PYTHON'
import json, pathlib, re, sys
repository, scratch = sys.argv[1], pathlib.Path(sys.argv[2])
def read(name):
    run = json.loads((scratch / f"{name}.json").read_text())
    steps = run.get("steps") or [{}]
    attempts = steps[0].get("attempts") or [{}]
    checks = [(c["name"], c["verdict"]) for c in attempts[-1].get("checks", [])]
    command = re.search(r"\$ (\S+)", (scratch / f"{name}.activity").read_text())
    return run, checks, command.group(1) if command else "nothing"
run, one, tool = read("one")
_, two, _ = read("two")
seconds = [(scratch / f"{n}.seconds").read_text().strip() for n in ("one", "two")]
verdicts = {}
for name, verdict in one:
    verdicts.setdefault(verdict.replace("_", " "), []).append(name)
said = "; ".join(f"{v}: {', '.join(n)}" for v, n in verdicts.items()) or run.get("reason") or "none"
commit = (run.get("baseCommit") or run.get("base") or "")[:10]
name = re.sub(r"(/repo)?(\.git)?/?$", "", repository).split("/")[-1].replace("+", "/")
print(f"| {name} | {commit} | {tool} | {seconds[0]} | {seconds[1]} | {said} | {'yes' if one and one == two else 'NO'} |")
PYTHON
done
