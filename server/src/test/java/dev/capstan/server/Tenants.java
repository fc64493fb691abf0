package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Organisations and projects of a server, each with the token of somebody who belongs to it. */
public final class Tenants {
  private final StartedServer server;
  private final Map<String, Tenant> named = new HashMap<>();

  public Tenants(StartedServer server) {
    this.server = server;
  }

  /** Somebody who belongs to an organisation, or to a project of it. */
  public final class Tenant {
    private final String name;
    private final String organisation;
    private final String token;

    private Tenant(String name, String organisation, String token) {
      this.name = name;
      this.organisation = organisation;
      this.token = token;
    }

    public String name() {
      return name;
    }

    public String token() {
      return token;
    }

    /** A new project of their organisation, on a repository that many have, and its operator. */
    public Tenant project(String id) {
      post(
          "/projects",
          "{\"id\":\"%s\",\"source\":\"https://forge.invalid/x.git\",\"slots\":1}".formatted(id));
      return join(id, organisation, owner().newToken(id, "operator", id, organisation));
    }

    /** A run of the project that is named as they are; it does not start. */
    public void run(String id) {
      post(
          "/runs",
          """
          {"id": "%s", "source": "", "project": "%s", "goal": "a goal", "base": "", "plan":
           {"steps": [{"id": "one", "kind": "chore", "title": "do it", "reason": "", "engines":
            [{"engine": "command", "arguments": ["true"]}], "after": [], "needed": 0, "scope": [],
            "judge": [], "files": {}, "environment": [], "timeLimitSeconds": 0,
            "waitLimitSeconds": 0, "priority": 0, "attempts": 1, "minimumTests": 0,
            "mayChangeNothing": false, "approval": false, "stop": false}]},
           "approvePlan": false, "parallelSteps": 0, "start": false}\
          """
              .formatted(id, name));
    }

    public String newToken(String holder, String scope, String project, String of) {
      String created =
          post(
              "/tokens",
              "{\"name\":\"%s\",\"scope\":\"%s\",\"project\":\"%s\",\"organisation\":\"%s\",\"days\":0}"
                  .formatted(holder, scope, project, of));
      return JsonMapper.shared().readTree(created).get("secret").asString();
    }

    /** The answer's body; fails if the request was refused. */
    public String post(String path, String body) {
      try {
        HttpResponse<String> response =
            server.send(
                server
                    .request(path)
                    .setHeader("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(path + response.body()).isIn(200, 202);
        return response.body();
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public Tenant owner() {
    return new Tenant("owner", "", server.endpoint().token());
  }

  /** Somebody with a token of their own, at work for a project. */
  public Tenant holder(String project, String token) {
    return new Tenant(project, "", token);
  }

  /** A new organisation, and its admin. */
  public Tenant organisation(String name) {
    owner().post("/organisations", "{\"name\":\"" + name + "\"}");
    return join(name, name, owner().newToken(name + "-admin", "admin", "", name));
  }

  private Tenant join(String name, String organisation, String token) {
    Tenant tenant = new Tenant(name, organisation, token);
    named.put(name, tenant);
    return tenant;
  }

  public Tenant named(String name) {
    return Objects.requireNonNull(named.get(name));
  }
}
