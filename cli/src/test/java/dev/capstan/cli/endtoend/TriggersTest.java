package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.FilledTemplate;
import dev.capstan.api.IntakeEvent;
import dev.capstan.api.ProjectView;
import dev.capstan.api.RunView;
import dev.capstan.api.TemplateView;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.server.rest.RunCreation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates, and triggers that begin runs from them. */
class TriggersTest {
  private Product product = new Product();
  private String project = "";

  @AfterEach
  void close() {
    product.close();
  }

  @BeforeEach
  void registerAShopWithSpaces() {
    Repository shop = product.repository();
    shop.write("src/spaces.js", "export const one = 1;  \n");
    shop.commit("feat: count");
    String source = shop.path().toString();
    project = RunCreation.derived(source).value();
    product.client().register(new ProjectView(project, source, 1));
  }

  private void file(String name, String text) {
    try {
      Path file = product.data().resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static IntakeEvent event(String id, String type, String name, String value) {
    return new IntakeEvent(id, type, Map.of(name, value));
  }

  private String lastOf(String trigger) {
    return product.client().triggers().stream()
        .filter(one -> one.name().equals(trigger))
        .flatMap(one -> one.lastRuns().stream())
        .findFirst()
        .orElse("");
  }

  @Test
  void an_event_begins_a_run_once() {
    file(
        "triggers.yaml",
        """
        triggers:
          - name: tidy-on-release
            on: shop.released
            where: {stage: final}
            project: "{project}"
            template: spaces
            set: {what: trailing whitespace}
        """);
    file(
        "templates/spaces.yaml",
        """
        version: 2
        summary: Remove what nobody sees.
        goal: Remove {what}
        parameters: {what: {pattern: "[a-z ]+"}}
        """);
    IntakeEvent released =
        new IntakeEvent("shop-1.4", "shop.released", Map.of("stage", "final", "project", project));

    IntakeEvent.Answer first = product.client().take(released);
    IntakeEvent.Answer again = product.client().take(released);
    IntakeEvent.Answer early =
        product.client().take(event("shop-1.5", "shop.released", "stage", "candidate"));

    assertThat(first.taken()).isTrue();
    assertThat(first.notes()).isEmpty();
    assertThat(again.taken()).isFalse();
    assertThat(again.runs()).isEqualTo(first.runs());
    assertThat(early.runs()).isEmpty();
    String id = first.runs().getFirst();
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> lastOf("tidy-on-release"), last -> last.equals(id + " created"));
    RunView run = product.rest(id);
    assertThat(run.status()).as("%s", product.printed(id)).isEqualTo("completed");
    assertThat(run.goal()).isEqualTo("Remove trailing whitespace");
    assertThat(product.client().runs(10)).hasSize(1);
  }

  @Test
  void time_begins_one_run_in_each_period() {
    file(
        "triggers.yaml",
        """
        triggers:
          - {name: weekly, every: 7d, project: %s, template: task-list, set: {path: NONE.md}}
        """
            .formatted(project));
    product.stop();
    product = product.again();

    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(
            () -> lastOf("weekly"),
            last -> last.contains("refused: there is no task list NONE.md"));
    product.stop();
    product = product.again();
    assertThat(product.client().triggers().getFirst().lastRuns()).hasSize(1);
  }

  @Test
  void a_trigger_that_cannot_be_followed_is_named() {
    file(
        "triggers.yaml",
        """
        triggers:
          - {name: lost, on: a, project: "{project}", template: tidy}
          - {name: strange, on: b, project: %s, template: upgrade-java, set: {to: "{to}"}}
        """
            .formatted(project));

    assertThat(product.client().take(event("1", "a", "project", "nowhere")).notes())
        .singleElement()
        .asString()
        .contains("trigger lost: there is no project nowhere");
    assertThat(product.client().take(event("2", "b", "to", "99; rm -rf /")).notes())
        .singleElement()
        .asString()
        .contains("cannot be \"99; rm -rf /\", but must match 11|17|21|25");

    file("triggers.yaml", "triggers:\n  - {name: weekly, every: often, project: a, template: b}\n");
    assertThatThrownBy(() -> product.client().take(event("3", "a", "b", "c")))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("every is a number of m, h or d, as in 7d, not often");
  }

  @Test
  void a_template_is_filled_or_says_what_is_wrong() {
    assertThat(product.client().templates())
        .extracting(TemplateView::name)
        .contains("upgrade-java", "junit5", "tidy");
    assertThat(product.client().fill("upgrade-java", Map.of()))
        .isEqualTo(new FilledTemplate("Upgrade to Java 21", ""));
    assertThatThrownBy(() -> product.client().fill("upgrade-java", Map.of("form", "x")))
        .hasMessageContaining("has no parameter form; it has [to]");
    assertThatThrownBy(() -> product.client().fill("nothing", Map.of()))
        .hasMessageContaining("there is no template nothing");

    file("templates/broken.yaml", "goal: Upgrade {what}\n");
    assertThatThrownBy(() -> product.client().template("broken"))
        .hasMessageContaining("has the place {what} and no parameter for it");
  }
}
