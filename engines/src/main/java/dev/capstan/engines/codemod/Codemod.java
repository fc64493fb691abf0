package dev.capstan.engines.codemod;

import dev.capstan.core.plan.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JavaScript that makes a new text of a file's text: docs/codemods.md says what it looks like. Each
 * file is a call of its own, which sees nothing of another. There is no clock and no chance.
 */
public final class Codemod {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ERROR = "error";
  private static final Failed GARBLED =
      new Failed(Trouble.ERROR, "it changes how answers are written as JSON");
  private static final String OUT_OF_MEMORY = "InternalError: out of memory";

  private final String source;
  private final Map<String, String> options;
  private final Limits limits;

  /**
   * A codemod.
   *
   * @param source the script
   * @param options it gets with each file
   */
  public Codemod(String source, Map<String, String> options, Limits limits) {
    this.source = source;
    this.options = Map.copyOf(options);
    this.limits = limits;
  }

  /**
   * What it may take.
   *
   * @param time for each file
   * @param memory for each file, in MiB
   * @param text the script, and a file before and after, in bytes each
   */
  public record Limits(Duration time, int memory, int text) {
    /** 30 s, 64 MiB and 1 MiB. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 64, 1 << 20);
  }

  /** Which files it is for. */
  public sealed interface Declared {
    /** Those. */
    record Files(Scope globs) implements Declared {}
  }

  /** What it makes of a file. */
  public sealed interface Reply {
    /** The new text. */
    record Changed(String text) implements Reply {}

    /** The file is as it should be. */
    record Unchanged() implements Reply {}
  }

  /** Nothing came of it. The reason names neither the codemod nor the file. */
  public record Failed(Trouble trouble, String why) implements Declared, Reply {}

  /**
   * Asks which files it is for.
   *
   * @param time if it is less than the limit
   */
  public Declared files(Duration time) throws InterruptedException {
    return switch (ask(request(), time, _ -> {})) {
      case Script.Ending.Broken broken -> failed(broken);
      case Script.Ending.Answered answered -> declared(answered);
    };
  }

  private Declared declared(Script.Ending.Answered answered) {
    JsonNode answer = JSON.readTree(answered.json());
    Optional<Failed> failed = failed(answer, answered.full());
    if (failed.isPresent()) {
      return failed.get();
    }
    JsonNode files = answer.path("files");
    return files.isArray() && files.valueStream().allMatch(JsonNode::isString)
        ? new Declared.Files(new Scope(files.valueStream().map(JsonNode::stringValue).toList()))
        : GARBLED;
  }

  /**
   * Asks for the new text of a file.
   *
   * @param time if it is less than the limit
   * @param printed gets the lines that it prints
   */
  public Reply transform(String path, String text, Duration time, Consumer<String> printed)
      throws InterruptedException {
    ObjectNode request = request().put("path", path).put("text", text);
    return switch (ask(request, time, printed)) {
      case Script.Ending.Broken broken -> failed(broken);
      case Script.Ending.Answered answered -> transformed(answered);
    };
  }

  private Reply transformed(Script.Ending.Answered answered) {
    JsonNode answer = JSON.readTree(answered.json());
    Optional<Failed> failed = failed(answer, answered.full());
    if (failed.isPresent()) {
      return failed.get();
    }
    if (answer.path("text").isString()) {
      return new Reply.Changed(answer.get("text").stringValue());
    }
    return answer.isObject() && answer.isEmpty() ? new Reply.Unchanged() : GARBLED;
  }

  private Script.Ending ask(ObjectNode request, Duration time, Consumer<String> printed)
      throws InterruptedException {
    Duration limit = time.compareTo(limits.time()) < 0 ? time : limits.time();
    return Script.call(JSON.writeValueAsString(request), limit, limits.memory(), printed);
  }

  private ObjectNode request() {
    ObjectNode request = JSON.createObjectNode().put("code", source);
    ObjectNode given = request.putObject("options");
    options.forEach(given::put);
    return request;
  }

  private Failed failed(Script.Ending.Broken broken) {
    return broken.trouble() == Trouble.MEMORY
        ? outOfMemory(broken.why())
        : new Failed(broken.trouble(), broken.why());
  }

  private Optional<Failed> failed(JsonNode answer, boolean full) {
    if (!answer.path(ERROR).isString()) {
      return Optional.empty();
    }
    int line = answer.path("line").intValue(0);
    String error = answer.get(ERROR).stringValue();
    String why = line > 0 ? error + " (line " + line + ")" : error;
    return Optional.of(
        full || error.equals(OUT_OF_MEMORY) ? outOfMemory(why) : new Failed(Trouble.ERROR, why));
  }

  private Failed outOfMemory(String why) {
    return new Failed(
        Trouble.MEMORY, "it needs more than " + limits.memory() + " MiB of memory: " + why);
  }
}
