# Sourced by ./capstan and ./verify: what the machine must have, found or installed.

fail() {
  echo "capstan: $*" >&2
  exit 1
}

# Names what is missing, all at once.
require() {
  local missing=()
  for tool in "$@"; do
    command -v "$tool" >/dev/null 2>&1 || missing+=("$tool")
  done
  [ ${#missing[@]} -eq 0 ] || fail "not found: ${missing[*]}. Install with your package manager, for example: apt-get install ${missing[*]/mvn/maven}"
}

# The feature version of a JDK's folder, or 0.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folder of a JDK of at least that version: a set variable, the PATH, or the usual places.
find_jdk() {
  local wanted=$1 candidate on_path
  on_path=$(command -v javac 2>/dev/null | xargs -r readlink -f | xargs -r dirname | xargs -r dirname || true)
  for candidate in "${CAPSTAN_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
      /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/*jdk* /opt/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && [ "$(jdk_version "$candidate")" -ge "$wanted" ] 2>/dev/null; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

# bubblewrap, where foreign code runs on Linux.
install_sandbox() {
  [ "$(uname -s)" = Linux ] || return 0
  command -v bwrap >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "capstan: installing bubblewrap" >&2
    (apt-get install -y -qq bubblewrap || { apt-get update -qq && apt-get install -y -qq bubblewrap; }) >/dev/null 2>&1 || true
  fi
  command -v bwrap >/dev/null 2>&1 || fail "bubblewrap was not found. Install it, for example: apt-get install bubblewrap"
}

# Checks the alert rules. Only the tool is taken out of its package: installing that would start a server.
install_promtool() {
  command -v promtool >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "capstan: installing promtool" >&2
    local folder
    folder=$(mktemp -d)
    (cd "$folder" && { apt-get download -qq prometheus || { apt-get update -qq && apt-get download -qq prometheus; }; } \
      && dpkg-deb -x prometheus_*.deb . && install -m 755 usr/bin/promtool /usr/local/bin/promtool) >/dev/null 2>&1 || true
    rm -rf "$folder"
  fi
  command -v promtool >/dev/null 2>&1 || fail "the tests need promtool, which is part of Prometheus (https://prometheus.io/download/)."
}

# What the tests drive for real: make, Node.js, a python with pytest, and network namespaces.
install_test_tools() {
  local packages=()
  command -v make >/dev/null 2>&1 || packages+=(make)
  command -v node >/dev/null 2>&1 || packages+=(nodejs npm)
  python3 -c 'import pytest' >/dev/null 2>&1 || /usr/bin/python3 -c 'import pytest' >/dev/null 2>&1 || packages+=(python3-pytest)
  command -v cargo >/dev/null 2>&1 || packages+=(cargo)
  command -v go >/dev/null 2>&1 || packages+=(golang-go)
  install_promtool
  [ "$(uname -s)" != Linux ] || command -v ip >/dev/null 2>&1 || packages+=(iproute2)
  [ ${#packages[@]} -eq 0 ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "capstan: installing ${packages[*]}" >&2
    (apt-get update -qq && apt-get install -y -qq "${packages[@]}") >/dev/null 2>&1 || fail "could not install: ${packages[*]}"
  else
    fail "the tests need: ${packages[*]}. Install them with your package manager."
  fi
}

# The stores of vectors and graphs that slow tests start for real. Without them those tests say DID_NOT_RUN.
install_test_servers() {
  export CAPSTAN_TEST_SERVERS=${CAPSTAN_TEST_SERVERS:-${XDG_CACHE_HOME:-$HOME/.cache}/capstan/test-servers}
  local packages=(chromadb@3.0.10 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 @electric-sql/pglite-pgvector@0.0.15)
  # Newer bindings want a C library of 2023.
  [ "$(uname -sm)" != "Linux x86_64" ] || packages+=(chromadb-js-bindings-linux-x64-gnu@1.0.1)
  local wanted
  wanted="${packages[*]} $(cksum <scripts/neo4j.xml)"
  [ "$(cat "$CAPSTAN_TEST_SERVERS/installed" 2>/dev/null)" = "$wanted" ] && return 0
  echo "capstan: installing Chroma, PGlite and Neo4j for the tests (0.6 GB, once)" >&2
  rm -rf "$CAPSTAN_TEST_SERVERS/neo4j"
  mkdir -p "$CAPSTAN_TEST_SERVERS"
  mvn -B -ntp -q -f scripts/neo4j.xml dependency:copy-dependencies -DoutputDirectory="$CAPSTAN_TEST_SERVERS/neo4j" >/dev/null 2>&1 &&
    (cd "$CAPSTAN_TEST_SERVERS" && { [ -f package.json ] || npm init -y; } && npm install --no-audit --no-fund "${packages[@]}") >/dev/null 2>&1 &&
    echo "$wanted" >"$CAPSTAN_TEST_SERVERS/installed" ||
    echo "capstan: the stores of vectors and graphs could not be installed" >&2
}

# The coding agents that slow tests start for real, and the conformance suite of MCP. Without them those tests say DID_NOT_RUN.
install_test_agents() {
  export CAPSTAN_TEST_AGENTS=${CAPSTAN_TEST_AGENTS:-${XDG_CACHE_HOME:-$HOME/.cache}/capstan/test-agents}
  local packages=(@zed-industries/codex-acp@0.16.0 @agentclientprotocol/claude-agent-acp@0.100.0 @google/gemini-cli@0.61.0
    opencode-ai@1.18.33 @qwen-code/qwen-code@0.15.10 @modelcontextprotocol/conformance@0.1.13)
  [ "$(cat "$CAPSTAN_TEST_AGENTS/installed" 2>/dev/null)" = "${packages[*]}" ] && return 0
  echo "capstan: installing coding agents for the tests (1.1 GB, once)" >&2
  mkdir -p "$CAPSTAN_TEST_AGENTS"
  (cd "$CAPSTAN_TEST_AGENTS" && { [ -f package.json ] || npm init -y; } && npm install --no-audit --no-fund "${packages[@]}") >/dev/null 2>&1 &&
    echo "${packages[*]}" >"$CAPSTAN_TEST_AGENTS/installed" ||
    echo "capstan: the coding agents could not be installed" >&2
}
