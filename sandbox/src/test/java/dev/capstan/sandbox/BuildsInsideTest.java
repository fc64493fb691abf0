package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What projects are built with works under the filter; tools that are not here are left out. */
@Tag("slow")
class BuildsInsideTest {
  private static final Map<String, String> SCRIPTS = new LinkedHashMap<>();

  static {
    SCRIPTS.put(
        "git",
        "git init -q . && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x");
    SCRIPTS.put(
        "java",
        "echo 'class A { public static void main(String[] a) throws Exception {"
            + " Thread t = new Thread(() -> {}); t.start(); t.join();"
            + " new ProcessBuilder(\"/bin/true\").start().waitFor();"
            + " new java.net.ServerSocket(0).close(); } }' > A.java && java A.java");
    SCRIPTS.put(
        "node",
        "node -e 'const c = require(\"child_process\"); c.execFileSync(\"/bin/true\");"
            + " require(\"fs\").readFile(\"/etc/passwd\", e => process.exit(e ? 1 : 0))'");
    SCRIPTS.put(
        "python3",
        "python3 -c 'import multiprocessing as m, subprocess; subprocess.check_call([\"true\"]);"
            + " p = m.Process(target=print); p.start(); p.join(); exit(p.exitcode)'");
    SCRIPTS.put(
        "gcc",
        "echo 'int main() { return 0; }' > a.c && gcc -g a.c -o a && ./a"
            + " && if gcc -fsanitize=address a.c -o b 2>/dev/null; then ./b; fi");
    SCRIPTS.put(
        "cargo",
        "cargo init -q --vcs none --name tried crate && cargo -q run --manifest-path crate/Cargo.toml --offline");
    SCRIPTS.put(
        "go", "echo 'package main; func main() {}' > a.go && GOCACHE=$PWD/cache go run a.go");
    SCRIPTS.put("make", "printf 'a:\\n\\ttrue\\n' > Makefile && make -s -j2");
  }

  @TempDir Path folder;

  @Test
  void every_tool_that_is_here_builds_and_runs_a_program() throws IOException {
    Fence fence = new Fence(folder);
    SystemFolders system = SystemFolders.detect(fence.base.resolve("own"), System.getenv());
    Programs programs = Programs.of(system.environment().getOrDefault("PATH", "/usr/bin:/bin"));
    List<String> tried = new ArrayList<>();
    for (String tool : SCRIPTS.keySet()) {
      if (programs.find(tool).isPresent()) {
        tried.add(tool);
        Outcome outcome = build(fence, system, tool);
        int code = outcome instanceof Outcome.Exited exited ? exited.code() : -1;
        assertThat(code).as("%s: %s %s", tool, outcome, fence.err).isZero();
      }
    }
    assertThat(tried).contains("git", "java", "python3");
  }

  private static Outcome build(Fence fence, SystemFolders system, String tool) throws IOException {
    Path work = Files.createDirectory(fence.work.resolve(tool));
    List<Bind> binds = new ArrayList<>(system.binds(Network.NONE));
    binds.add(Bind.Writable.of(work));
    return fence.run(
        new Confinement(
            fence.label,
            List.of("/bin/sh", "-c", SCRIPTS.getOrDefault(tool, "false")),
            work,
            binds,
            system.environment(),
            Network.NONE,
            Limits.DEFAULT.withTime(java.time.Duration.ofMinutes(2))));
  }
}
