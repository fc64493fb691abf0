package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a YAML file that a person wrote: nothing that is not known, and nothing by reference. */
final class YamlFile {
  private static final long LARGEST = 4L << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private YamlFile() {}

  /** Null for an empty file; throws {@link ApiFailure} that says what is wrong, and where. */
  static <T> @Nullable T read(Path file, Class<T> type) throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong(file + " is larger than 4 MB, which nobody has written");
      }
      String text = Files.readString(file);
      return isEmpty(file, text) ? null : YAML.readValue(text, type);
    } catch (CharacterCodingException _) {
      throw wrong(file + " is no text in UTF-8");
    } catch (NoSuchFileException _) {
      throw wrong("there is no file " + file);
    } catch (JacksonException malformed) {
      throw YamlFault.of(file, malformed);
    }
  }

  /**
   * Also looks for references: Jackson would take the name of what is referred to for the text
   * itself.
   */
  private static boolean isEmpty(Path file, String text) {
    try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
      boolean empty = true;
      while (parser.nextToken() != null) {
        empty = false;
        if (parser.isCurrentAlias()) {
          throw wrong(
              file
                  + ", line "
                  + parser.currentTokenLocation().getLineNr()
                  + ": references (*name) are not read; write it out");
        }
      }
      return empty;
    }
  }

  private static ApiFailure wrong(String message) {
    return new ApiFailure(ErrorCode.INVALID, message);
  }
}
