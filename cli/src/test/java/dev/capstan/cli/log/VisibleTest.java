package dev.capstan.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.capstan.cli.session.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibleTest {
  private static final String NASTY =
      "red \u001b[31m, bell \u0007, C1 \u009b, turned \u202e, next\nline";

  @TempDir Path folder;

  private String logged(String how, String message, Throwable thrown) throws Exception {
    LoggerContext context = new LoggerContext();
    context.putProperty("capstan.log", how);
    context.putProperty("capstan.logs", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
    var logger = context.getLogger("dev.capstan.Test");
    var appender =
        (OutputStreamAppender<?>)
            Objects.requireNonNull(context.getLogger("ROOT").getAppender("file"));
    LoggingEvent event =
        new LoggingEvent("test", logger, Level.WARN, message, thrown, new Object[0]);
    event.setMDCPropertyMap(Map.of("correlation.id", "ticket-4711"));
    @SuppressWarnings("unchecked")
    var encoder = (Encoder<Object>) appender.getEncoder();
    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
    context.stop();
    return line;
  }

  @Test
  void nothing_in_a_line_for_people_acts_on_a_terminal() throws Exception {
    String line = logged("text", NASTY, new IllegalStateException("thrown \u001b[0m"));

    assertThat(line)
        .contains("red ⟨U+001B⟩[31m, bell ⟨U+0007⟩, C1 ⟨U+009B⟩, turned ⟨U+202E⟩, next⟨U+000A⟩line")
        .contains("[ticket-4711]")
        .contains("thrown ⟨U+001B⟩[0m")
        .doesNotContainPattern("[\\p{Cntrl}&&[^\\n\\t]]");
  }

  @Test
  void a_line_for_machines_is_one_object_of_the_elastic_common_schema() throws Exception {
    String line = logged("ecs", NASTY, new IllegalStateException("thrown"));
    var json = Json.MAPPER.readTree(line);

    assertThat(line.lines()).hasSize(1);
    assertThat(line).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202e}&&[^\\n]]");
    assertThat(json.get("message").asString()).startsWith("red ").contains("⟨U+009B⟩");
    assertThat(json.get("log.level").asString()).isEqualTo("WARN");
    assertThat(json.get("correlation.id").asString()).isEqualTo("ticket-4711");
    assertThat(json.get("error.type").asString()).isEqualTo("java.lang.IllegalStateException");
  }
}
