package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands, with the server in their own process and with one elsewhere. */
class SameOutputTest {
  private static final Pattern RUN = Pattern.compile("\\d{8}-\\d{6}-[a-z2-9]{4}");

  @TempDir Path folder;

  @Test
  void a_run_says_the_same_line_by_line_wherever_its_server_is() throws Exception {
    String repository =
        Repository.shop(Files.createDirectory(folder.resolve("shop"))).path().toString();

    List<String> inOneProcess = conversation(repository, Map.of("CAPSTAN_HOME", home("own")));
    List<String> overTheNetwork;
    try (ServerProcess server = ServerProcess.start(folder, Map.of(), "--listen", "127.0.0.1:0")) {
      String url = server.url();
      Endpoint endpoint = ServerProcess.endpoint(folder);
      overTheNetwork =
          conversation(
              repository, Map.of("CAPSTAN_SERVER", url, "CAPSTAN_TOKEN", endpoint.token()));
    }

    assertThat(inOneProcess)
        .contains("exit 0", "exit 2", "exit 3", "TIME  delivering", "What you can do:");
    assertThat(overTheNetwork).containsExactlyElementsOf(inOneProcess);
  }

  /** What people type, and all that is answered, with its exit codes. */
  private List<String> conversation(String repository, Map<String, String> variables)
      throws Exception {
    List<String> said = new ArrayList<>();
    String done =
        carryOut(said, variables, repository, "Greet all", "echo hello all > src/greeting.txt");
    say(said, variables, "show", done);
    say(said, variables, "status");
    say(said, variables, "logs", done);
    say(said, variables, "resume", done);
    carryOut(said, variables, repository, "Break it", "echo bye > src/greeting.txt");
    say(said, variables, "run", "--repo", repository, "--goal", "No rule knows this");
    say(said, variables, "show", "20000101-000000-aaaa");
    return said;
  }

  private String carryOut(
      List<String> said, Map<String, String> variables, String repository, String goal, String line)
      throws Exception {
    String printed =
        say(said, variables, "run", "--repo", repository, "--goal", goal, "--", "sh", "-c", line);
    Matcher run = RUN.matcher(printed);
    assertThat(run.find()).as(printed).isTrue();
    return run.group();
  }

  private String say(List<String> said, Map<String, String> variables, String... arguments)
      throws Exception {
    ServerProcess process = ServerProcess.command(folder, variables, List.of(arguments));
    int exit = process.exit();
    process.output().lines().map(this::withoutWhatDiffers).forEach(said::add);
    said.add("exit " + exit);
    return process.output();
  }

  private String withoutWhatDiffers(String line) {
    String placed = line.replace(home("own"), "DATA").replace(home("data"), "DATA");
    return RUN.matcher(placed)
        .replaceAll("RUN")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?", "TIME")
        .replaceAll("\\b\\d\\d:\\d\\d:\\d\\d\\b", "TIME")
        .replaceAll("\\d+(\\.\\d+)? (ms|s|min)\\b", "TOOK")
        .replaceAll("\\b[0-9a-f]{7,64}\\b", "HASH");
  }

  private String home(String name) {
    return folder.resolve(name).toString();
  }
}
