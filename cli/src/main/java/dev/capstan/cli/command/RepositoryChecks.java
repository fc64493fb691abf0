package dev.capstan.cli.command;

import dev.capstan.api.CheckProject;
import dev.capstan.api.ProjectCheckView;
import dev.capstan.api.ProjectCheckView.FindingView;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.view.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Looks at many repositories, a few at once; what goes wrong with one stops no other. */
final class RepositoryChecks {
  private static final int AT_ONCE = 4;

  private final Client client;
  private final Common common;

  RepositoryChecks(Client client, Common common) {
    this.client = client;
    this.common = common;
  }

  /** An address as the server wants it: a URL, or a path from the root. */
  static String address(String source) {
    return source.contains(":") ? source : Path.of(source).toAbsolutePath().normalize().toString();
  }

  /** All answers, in the order of the requests; each is shown when it comes. */
  List<ProjectCheckView> of(List<CheckProject> requests) {
    Consumer<ProjectCheckView> shown = common.json() ? _ -> {} : this::show;
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<ProjectCheckView>> answers = new ArrayList<>();
      for (CheckProject request : requests) {
        answers.add(
            threads.submit(() -> {
              ProjectCheckView answer = check(request);
              shown.accept(answer);
              return answer;
            }));
      }
      return answers.stream().map(RepositoryChecks::result).toList();
    }
  }

  private ProjectCheckView check(CheckProject request) {
    try {
      return client.check(request);
    } catch (ApiFailure refused) {
      FindingView why = new FindingView("checked", "bad", String.valueOf(refused.getMessage()), "");
      return new ProjectCheckView(
          request.project(), request.source(), false, List.of(why), "", "", "", List.of());
    }
  }

  private static ProjectCheckView result(Future<ProjectCheckView> answer) {
    try {
      return answer.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interruption);
    }
  }

  private synchronized void show(ProjectCheckView found) {
    Terminal terminal = common.terminal();
    String name = found.project().isEmpty() ? found.source() : found.project();
    String state = found.usable() ? terminal.green("usable") : terminal.red("not usable");
    terminal.line(Terminal.visible(name) + ": " + state);
    found.findings().forEach(one -> show(terminal, one));
    if (!found.languages().isEmpty()) {
      List<String> languages =
          found.languages().stream().map(one -> one.name() + " " + one.files()).toList();
      terminal.line("  languages: " + String.join(", ", languages));
    }
  }

  private static void show(Terminal terminal, FindingView finding) {
    String mark =
        switch (finding.state()) {
          case "good" -> terminal.green("✔");
          case "warning" -> terminal.yellow("!");
          case "bad" -> terminal.red("✘");
          default -> terminal.faint("–");
        };
    terminal.line(
        "  %s %s: %s".formatted(mark, finding.name(), Terminal.visible(finding.detail())));
    if (!finding.remedy().isEmpty()) {
      terminal.line("      " + Terminal.visible(finding.remedy()));
    }
  }
}
