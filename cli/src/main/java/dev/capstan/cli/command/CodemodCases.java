package dev.capstan.cli.command;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.engines.codemod.Codemod;
import dev.capstan.engines.codemod.Codemod.Declared;
import dev.capstan.engines.codemod.Codemod.Limits;
import dev.capstan.engines.codemod.Codemod.Reply;
import dev.capstan.engines.codemod.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The cases of one codemod {@code x.js}: the folders in {@code x.test}. */
final class CodemodCases {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path script;

  private CodemodCases(Path script) {
    this.script = script;
  }

  /**
   * What became of a case.
   *
   * @param name of the case; empty if there is none
   * @param diff from what was expected to what came out
   */
  record Tried(String codemod, String name, Verdict verdict, String detail, List<String> diff) {
    Tried {
      diff = List.copyOf(diff);
    }
  }

  /**
   * What a case says beside its texts.
   *
   * @param path of the file in its repository; the input's name if it is not said
   * @param with options of the codemod
   */
  private record Setting(@Nullable String path, @Nullable Map<String, String> with) {}

  /** The texts of a case. */
  private record Texts(String name, String input, String expected) {}

  /** Runs each case; a codemod without any has one that did not run. */
  static List<Tried> of(Path script) throws IOException, InterruptedException {
    return new CodemodCases(script).all();
  }

  private List<Tried> all() throws IOException, InterruptedException {
    String name = String.valueOf(script.getFileName());
    Path folder = script.resolveSibling(name.replaceFirst("[.][^.]*$", "") + ".test");
    List<Tried> tried = new ArrayList<>();
    for (Path one : listed(folder, Files::isDirectory)) {
      tried.add(run(one));
    }
    return tried.isEmpty()
        ? List.of(tried("", Verdict.DID_NOT_RUN, "there are no cases in " + folder))
        : tried;
  }

  private static List<Path> listed(Path folder, Predicate<Path> which) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(which).sorted().toList();
    }
  }

  private Tried run(Path folder) throws IOException, InterruptedException {
    String name = String.valueOf(folder.getFileName());
    try {
      Texts texts = texts(folder);
      Setting setting = setting(folder);
      Codemod codemod =
          new Codemod(
              text(script), Optional.ofNullable(setting.with()).orElse(Map.of()), Limits.DEFAULT);
      String path = Optional.ofNullable(setting.path()).orElse(texts.name());
      return switch (codemod.files(Limits.DEFAULT.time())) {
        case Codemod.Failed(_, var why) -> tried(name, Verdict.FAIL, why);
        case Declared.Files(var globs) when !globs.allows(path) ->
            compared(name, texts, texts.input(), path + " is none of the codemod's files");
        case Declared.Files _ -> transformed(name, codemod, path, texts);
      };
    } catch (Unusable wrong) {
      return tried(name, Verdict.DID_NOT_RUN, wrong.why);
    }
  }

  private Tried transformed(String name, Codemod codemod, String path, Texts texts)
      throws InterruptedException {
    return switch (codemod.transform(path, texts.input(), Limits.DEFAULT.time(), _ -> {})) {
      case Codemod.Failed(_, var why) -> tried(name, Verdict.FAIL, why);
      case Reply.Changed(var text) -> compared(name, texts, text, "");
      case Reply.Unchanged _ -> compared(name, texts, texts.input(), "it changed nothing");
    };
  }

  private Tried compared(String name, Texts texts, String actual, String note) {
    if (actual.equals(texts.expected())) {
      return tried(name, Verdict.PASS, "");
    }
    List<String> wanted = lines(texts.expected());
    return new Tried(
        String.valueOf(script.getFileName()),
        name,
        Verdict.FAIL,
        note,
        Difference.of(wanted, lines(actual)));
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }

  private Tried tried(String name, Verdict verdict, String detail) {
    return new Tried(String.valueOf(script.getFileName()), name, verdict, detail, List.of());
  }

  private static Texts texts(Path folder) throws IOException {
    Path input = one(folder, "input");
    Path expected = one(folder, "expected");
    return new Texts(String.valueOf(input.getFileName()), text(input), text(expected));
  }

  private static Path one(Path folder, String name) throws IOException {
    List<Path> found =
        listed(
            folder,
            file ->
                Files.isRegularFile(file)
                    && String.valueOf(file.getFileName()).matches(name + "([.].*)?"));
    if (found.size() != 1) {
      throw new Unusable(
          "it has "
              + found.size()
              + " files named "
              + name
              + ", and needs one, such as "
              + name
              + ".js");
    }
    return found.getFirst();
  }

  private static Setting setting(Path folder) throws IOException {
    Path file = folder.resolve("case.yaml");
    if (!Files.exists(file)) {
      return new Setting(null, null);
    }
    try {
      return YAML.readValue(text(file), Setting.class);
    } catch (JacksonException malformed) {
      throw new Unusable("case.yaml: " + malformed.getOriginalMessage());
    }
  }

  private static String text(Path file) throws IOException {
    return switch (TextFile.read(file, Limits.DEFAULT.text())) {
      case TextFile.Text(var text) -> text;
      case TextFile.Unfit(var why) -> throw new Unusable(file.getFileName() + " is " + why);
    };
  }

  /** A case that cannot be tried. */
  private static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    Unusable(String why) {
      super(why);
      this.why = why;
    }
  }
}
