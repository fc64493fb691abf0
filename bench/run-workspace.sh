#!/usr/bin/env bash
# Measures how long a work folder takes, made afresh and from the clone that is kept ready. Prints a table.
#   bench/run-workspace.sh [FILES] [ROUNDS]     50000 files and 3 rounds; takes some 4 GB of disk for the time
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
files=${1:-50000}
rounds=${2:-3}

# One commit with all files of 40 lines, then five that change 200 each.
git init --quiet --initial-branch=main "$scratch/source"
awk -v n="$files" '
  function file(k, text) {
    printf "M 100644 inline src/p%02d/q%02d/file%05d.txt\ndata %d\n%s\n", k % 97, int(k / 97) % 31, k, length(text), text
  }
  function commit(at) {
    printf "commit refs/heads/main\ncommitter Bench <bench@localhost> %d +0000\ndata 6\nchange\n", 1700000000 + at
  }
  BEGIN {
    commit(0)
    for (i = 0; i < n; i++) {
      text = ""
      for (l = 0; l < 40; l++) text = text "line " l " of file " i " of the repository\n"
      file(i, text)
    }
    for (c = 1; c <= 5; c++) {
      commit(c)
      for (i = 0; i < 200; i++) file((i * 211 + c) % n, "changed " c " " i "\n")
    }
  }' | git -C "$scratch/source" fast-import --quiet

build_benchmarks
echo "load $(cut -d' ' -f1 /proc/loadavg), $(nproc) processors, $files files" >&2
benchmark dev.capstan.bench.WorkspaceBenchmark "$scratch/source" "$rounds" "$scratch/data"
