package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.server.Door.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to one organisation, or one project, is for others not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
  private static final String API = "/api/v1";
  private static final String SECRET = "concealed";
  private static final String FILE = "what only they brought";
  private static final String PLAN =
      """
      {"steps": [{"id": "one", "kind": "chore", "title": "do it", "reason": "", "engines":
       [{"engine": "command", "arguments": ["true"]}], "after": [], "needed": 0, "scope": [],
       "judge": [], "files": {}, "environment": [], "timeLimitSeconds": 0, "waitLimitSeconds": 0,
       "priority": 0, "attempts": 1, "minimumTests": 0, "mayChangeNothing": false,
       "approval": false, "stop": false}]}\
      """;

  @TempDir static Path folder;

  private Door door;
  private String theirs = "";
  private String hash = "";
  private String theirToken = "";
  private String theirGrant = "";
  private Map<String, String> strangers = Map.of();

  @BeforeAll
  void open() throws Exception {
    door = Door.open(folder.resolve("data"), RequestLimits.DEFAULT);
    for (String organisation : List.of("theirs", "ours")) {
      ok(door.post(door.owner(), API + "/organisations", "{\"name\":\"" + organisation + "\"}"));
    }
    theirs = door.token("their-maintainer", "admin", "", "theirs");
    String ours = door.token("our-admin", "admin", "", "ours");
    register(theirs, SECRET + "-project");
    register(theirs, "sibling");
    register(ours, "visible-project");
    register(door.owner(), "first-project");
    create(theirs, SECRET + "-project", SECRET + "-run");
    hash = hash(FILE);
    ok(door.send(theirs, "POST", API + "/artifacts", "application/octet-stream", FILE));
    ok(
        door.post(
            theirs,
            API + "/campaigns",
            """
            {"id": "%s-campaign", "goal": "all of it", "tasks": "", "plan": %s, "approvePlan": false,
             "targets": [{"source": "https://forge.invalid/hidden.git", "base": ""}],
             "done": {"pattern": "", "files": ""}}\
            """
                .formatted(SECRET, PLAN)));
    door.token(SECRET + "-holder", "reader", "", "theirs");
    for (var one : door.get(theirs, API + "/tokens").json().get("items")) {
      if (one.get("name").asString().equals(SECRET + "-holder")) {
        theirToken = one.get("id").asString();
      }
    }
    Answer grant =
        door.post(
            theirs,
            API + "/grants",
            """
            {"kind": "person", "holder": "%s-person", "scope": "reader", "project": "", "organisation": ""}\
            """
                .formatted(SECRET));
    theirGrant = grant.json().get("id").asString();
    strangers = new TreeMap<>();
    strangers.put("an admin of another organisation", ours);
    strangers.put(
        "a maintainer of a project of another",
        door.token("our-maintainer", "maintainer", "visible-project", "ours"));
    strangers.put(
        "a maintainer of the first organisation", door.token("first", "maintainer", "", ""));
    strangers.put(
        "a maintainer of another project of theirs",
        door.token("their-sibling", "maintainer", "sibling", "theirs"));
  }

  @AfterAll
  void close() {
    door.close();
  }

  private static void ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private void register(String token, String project) throws Exception {
    ok(
        door.post(
            token,
            API + "/projects",
            "{\"id\":\"%s\",\"source\":\"https://forge.invalid/%s.git\",\"slots\":1}"
                .formatted(project, project)));
  }

  private void create(String token, String project, String run) throws Exception {
    ok(door.post(token, API + "/runs", run(project, run)));
  }

  private static String run(String project, String run) {
    return """
    {"id": "%s", "source": "", "project": "%s", "goal": "a goal", "base": "", "plan": %s,
     "approvePlan": false, "parallelSteps": 0, "start": false}\
    """
        .formatted(run, project, PLAN);
  }

  private static String hash(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Every operation of one thing, with that thing filled in and a body that would do. */
  private Map<String, String> named() throws Exception {
    Map<String, String> bodies = new TreeMap<>();
    for (DocumentedOperation operation : DocumentedOperation.all()) {
      if (operation.isOfOneThing()) {
        assertThat(operation.answers()).as(operation.address()).contains("404");
        bodies.put(operation.method() + ' ' + filled(operation.path()), body(operation.path()));
      }
    }
    bodies.keySet().removeIf(address -> address.contains("/templates/"));
    return bodies;
  }

  private String filled(String pattern) {
    return pattern
        .replace("/runs/{id}", "/runs/" + SECRET + "-run")
        .replace("/campaigns/{id}", "/campaigns/" + SECRET + "-campaign")
        .replace("/tokens/{id}", "/tokens/" + theirToken)
        .replace("/grants/{id}", "/grants/" + theirGrant)
        .replace("{project}", SECRET + "-project")
        .replace("{hash}", hash)
        .replace("{action}", "pause")
        .replace("{number}", "1")
        .replace("{version}", "1")
        .replaceAll("\\{(?!name)[^}]+}", "x");
  }

  private static String body(String pattern) {
    if (pattern.endsWith("/injection")) {
      return "{\"plan\":" + PLAN + ",\"place\":\"BY_PRIORITY\",\"step\":\"\",\"preview\":true}";
    }
    if (pattern.endsWith("/fork")) {
      return "{\"id\":\"new-run\",\"at\":1,\"before\":\"\",\"engines\":{},\"start\":false}";
    }
    if (pattern.endsWith("/limits")) {
      return "{\"tokens\":1,\"dollars\":\"\",\"more\":false}";
    }
    if (pattern.endsWith("/index")) {
      return "{\"ref\":\"\",\"workTree\":false}";
    }
    if (pattern.endsWith("/analysis")) {
      return "{\"subject\":\"\",\"tree\":\"\",\"model\":\"\",\"tokens\":0,\"dryRun\":false}";
    }
    if (pattern.endsWith("/rotate")) {
      return "{\"graceMinutes\":0}";
    }
    if (pattern.endsWith("/halt")) {
      return "{\"reason\":\"on fire\"}";
    }
    return pattern.endsWith("/revert")
        ? "{\"id\":\"new-run\",\"start\":false}"
        : "{\"step\":\"\",\"comment\":\"\"}";
  }

  @Test
  void no_address_shows_what_belongs_to_others() throws Exception {
    Map<String, String> addresses = named();
    assertThat(addresses).hasSizeGreaterThan(20);
    for (var stranger : strangers.entrySet()) {
      for (var address : addresses.entrySet()) {
        Answer answer = send(stranger.getValue(), address.getKey(), address.getValue());
        String what = stranger.getKey() + ", " + address.getKey() + ": " + answer.body();
        boolean unscoped =
            answer.status() == 403 && answer.body().contains("needs a token of scope");
        assertThat(answer.status()).as(what).isIn(404, unscoped ? 403 : 404);
        assertThat(answer.body()).doesNotContain(FILE, "a goal", "all of it");
      }
    }
  }

  @Test
  void to_whom_it_belongs_it_is_there() throws Exception {
    for (String path :
        List.of(
            "/runs/" + SECRET + "-run",
            "/runs/" + SECRET + "-run/events",
            "/campaigns/" + SECRET + "-campaign",
            "/projects/" + SECRET + "-project/snapshots",
            "/projects/" + SECRET + "-project/index",
            "/artifacts/" + hash)) {
      ok(door.get(theirs, API + path));
      ok(door.get(door.owner(), API + path));
    }
    for (String list : List.of("/runs", "/projects", "/campaigns", "/tokens", "/grants")) {
      assertThat(door.get(theirs, API + list).body()).as(list).contains(SECRET);
    }
  }

  @Test
  void no_list_names_what_belongs_to_others() throws Exception {
    List<String> lists =
        DocumentedOperation.all().stream()
            .filter(one -> one.method().equals("GET") && !one.isOfOneThing())
            .map(DocumentedOperation::path)
            .filter(path -> !path.matches(".*/(stream|presence|audit|audit/export)"))
            .toList();
    assertThat(lists)
        .contains(API + "/runs", API + "/projects", API + "/tokens", API + "/campaigns")
        .hasSizeGreaterThan(12);
    for (var stranger : strangers.entrySet()) {
      for (String list : lists) {
        assertThat(door.get(stranger.getValue(), list).body())
            .as(stranger.getKey() + ", " + list)
            .doesNotContain(SECRET);
      }
      if (!stranger.getKey().endsWith("of theirs")) {
        assertThat(door.get(stranger.getValue(), API + "/organisations").body())
            .as(stranger.getKey())
            .doesNotContain("theirs");
      }
    }
  }

  @Test
  void the_audit_of_an_organisation_is_its_own() throws Exception {
    String ours = strangers.getOrDefault("an admin of another organisation", "");
    var entries = door.get(ours, API + "/audit").json().get("items");

    assertThat(entries.size()).isPositive();
    entries.forEach(one -> assertThat(one.get("organisation").asString()).isEqualTo("ours"));
  }

  @Test
  void no_body_reaches_what_belongs_to_others() throws Exception {
    String project = SECRET + "-project";
    String source = "https://forge.invalid/mine.git";
    for (var stranger : strangers.entrySet()) {
      String token = stranger.getValue();
      for (String repository : List.of("", source)) {
        for (Answer answer :
            List.of(
                door.post(
                    token,
                    API + "/runs",
                    run(project, "new-run")
                        .replace("\"source\": \"\"", "\"source\": \"" + repository + "\"")),
                door.post(
                    token,
                    API + "/projects/check",
                    "{\"project\":\"%s\",\"source\":\"%s\",\"base\":\"\"}"
                        .formatted(project, repository)),
                door.post(
                    token,
                    API + "/plans",
                    "{\"project\":\"%s\",\"source\":\"%s\",\"base\":\"\",\"goal\":\"x\",\"tasks\":\"\"}"
                        .formatted(project, repository)),
                door.post(
                    token,
                    API + "/plans/answers",
                    "{\"project\":\"%s\",\"source\":\"%s\",\"model\":\"m\",\"prompt\":\"p\",\"schema\":\"\",\"label\":\"\"}"
                        .formatted(project, repository)),
                door.post(
                    token,
                    API + "/plans/estimates",
                    "{\"project\":\"%s\",\"source\":\"%s\",\"plan\":%s}"
                        .formatted(project, repository, PLAN)),
                door.get(
                    token,
                    API
                        + "/policies/effective?project=%s&source=%s"
                            .formatted(project, repository)),
                door.post(
                    token,
                    API + "/policies/choice",
                    "{\"project\":\"%s\",\"pack\":\"strict\"}".formatted(project)))) {
          assertThat(answer.status()).as(stranger.getKey() + ": " + answer.body()).isEqualTo(404);
        }
      }
      Answer taken =
          door.post(
              token,
              API + "/projects",
              "{\"id\":\"%s\",\"source\":\"%s\",\"slots\":9}".formatted(project, source));
      assertThat(taken.status()).as(taken.body()).isEqualTo(404);
      assertThat(door.get(theirs, API + "/projects").body()).doesNotContain("mine.git", "9");
    }
  }

  @Test
  void folders_of_the_machine_are_for_the_first_organisation_and_the_data_folder_for_nobody()
      throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
    String mirrors = folder.resolve("data/mirrors/" + SECRET + "-project.git").toString();
    for (var stranger : strangers.entrySet()) {
      for (String source :
          List.of(
              mirrors,
              "file://" + mirrors,
              "file://localhost" + mirrors,
              "file://" + mirrors.replace("/data/", "/d%61ta/"),
              mirrors.replace("/data/", "/./other/../data/"),
              link + "/mirrors/" + SECRET + "-project.git",
              "ext::sh -c true",
              "http://127.0.0.1:9/x.git",
              "https://[::1]/x.git",
              "http://169.254.169.254/x.git",
              "git@localhost:x.git")) {
        Answer answer =
            door.post(
                stranger.getValue(),
                API + "/projects/check",
                "{\"project\":\"\",\"source\":\"%s\",\"base\":\"\"}".formatted(source));
        assertThat(answer.status()).as(stranger.getKey() + answer.body()).isEqualTo(400);
      }
    }
  }

  private Answer send(String token, String address, String body) throws Exception {
    String[] parts = address.split(" ", 2);
    return door.send(token, parts[0], parts[1], Door.JSON, body);
  }
}
