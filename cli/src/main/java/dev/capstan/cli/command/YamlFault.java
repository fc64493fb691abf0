package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a YAML file that a person wrote, and where. */
final class YamlFault {
  private YamlFault() {}

  static ApiFailure of(Path file, JacksonException malformed) {
    TokenStreamLocation at = malformed.getLocation();
    String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new ApiFailure(ErrorCode.INVALID, file + where + ": " + what(malformed));
  }

  private static String what(JacksonException malformed) {
    return malformed instanceof UnrecognizedPropertyException unknown
        ? "there is no field \"" + unknown.getPropertyName() + "\" here, but " + known(unknown)
        : String.valueOf(malformed.getOriginalMessage());
  }

  private static String known(UnrecognizedPropertyException unknown) {
    return String.join(
        ", ", unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList());
  }
}
