package dev.capstan.engines.prompt;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Engine.Job;
import dev.capstan.engines.Questions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an agent is asked to do in a step. */
public final class StepPrompt {
  private static final int LONGEST_FILE = 20_000;

  /** What an agent in a sandbox does to ask. */
  public static final String ASK_BY_FILE =
      "write one question into the file " + Questions.FOLDER.resolve(Questions.FILE);

  private StepPrompt() {}

  /** What a person tells an agent that is at work. */
  public static String instruction(String text) {
    return "The person who asked for this change tells you:\n" + text;
  }

  /**
   * The prompt of a job.
   *
   * @param ask what it does to ask a person
   * @param told what people said about the step before it began
   * @param wish what the plan asks of the agent in words of its own; may be ""
   */
  public static String of(
      PromptTemplate template, Job job, String wish, String ask, List<String> told) {
    return template.fill(
        Map.of(
            "goal", job.purpose().goal(),
            "title", job.purpose().title(),
            "reason", job.purpose().reason(),
            "wish", String.join("\n", Stream.concat(Stream.of(wish), told.stream()).toList()),
            "scope", scope(job.purpose().scope()),
            "ask", ask,
            "context", context(job),
            "before", before(job)));
  }

  private static String scope(Scope scope) {
    return scope.globs().isEmpty() ? "every file" : String.join(", ", scope.globs());
  }

  private static String context(Job job) {
    return job.files().containsKey(Engine.CONTEXT)
        ? "\nWhat a search of the repository found for your step, to begin with. It may be beside the"
            + " point, and there is more than this:\n"
            + content(job.files().get(Engine.CONTEXT))
        : "";
  }

  private static String before(Job job) {
    String text = "";
    if (job.files().containsKey(Engine.TO_FIX)) {
      text +=
          "\nAn attempt before yours was not accepted. This is what was found, to be mended:\n"
              + content(job.files().get(Engine.TO_FIX));
    }
    if (job.files().containsKey(Engine.ANSWERS)) {
      text +=
          "\nWhat was asked before, and the answers:\n" + content(job.files().get(Engine.ANSWERS));
    }
    return text;
  }

  private static String content(Path file) {
    try {
      String text = Files.readString(file);
      return text.length() > LONGEST_FILE ? text.substring(0, LONGEST_FILE) + '…' : text;
    } catch (IOException failure) {
      throw new UncheckedIOException("a file for the engine cannot be read", failure);
    }
  }
}
