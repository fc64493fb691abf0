package dev.capstan.engines.prompt;

import dev.capstan.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A prompt with {@code {{words}}} to be filled in. Its file begins with its semantic version, and a
 * line of three hyphens.
 *
 * @param name of its file, without the ending
 * @param sha256 of the whole file, in hexadecimal digits
 */
public record PromptTemplate(String name, String version, String sha256, String text) {
  private static final Pattern WORD = Pattern.compile("\\{\\{([a-z]+)}}");
  private static final Pattern HEAD =
      Pattern.compile("version: (\\d+\\.\\d+\\.\\d+)\\n---\\n(.*)", Pattern.DOTALL);

  /** One that comes with Capstan. */
  public static PromptTemplate bundled(String name) {
    try (InputStream file = PromptTemplate.class.getResourceAsStream(name + ".md")) {
      if (file == null) {
        throw new IllegalArgumentException("there is no prompt " + name);
      }
      return parse(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Which prompt it is, as it stands on the record of a call. */
  public String label() {
    return name + ' ' + version + ' ' + sha256;
  }

  /** The words that are filled in. */
  public Set<String> words() {
    return WORD.matcher(text).results().map(word -> word.group(1)).collect(Collectors.toSet());
  }

  /** Throws {@link IllegalArgumentException} if the file does not begin as it must. */
  public static PromptTemplate parse(String name, String file) {
    Matcher head = HEAD.matcher(file);
    if (!head.matches()) {
      throw new IllegalArgumentException(
          "the prompt " + name + " must begin with \"version: 1.2.3\" and a line \"---\"");
    }
    return new PromptTemplate(name, head.group(1), Sha256.hex(file), head.group(2));
  }

  /**
   * The prompt with every word filled in. What is filled in is not looked at again.
   *
   * @throws IllegalArgumentException if a word of the template has no text
   */
  public String fill(Map<String, String> texts) {
    return WORD.matcher(text)
        .replaceAll(word -> {
          String filled = texts.get(word.group(1));
          if (filled == null) {
            throw new IllegalArgumentException(name + " has nothing for " + word.group());
          }
          return Matcher.quoteReplacement(filled);
        })
        .strip();
  }
}
