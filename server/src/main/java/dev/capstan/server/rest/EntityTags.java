package dev.capstan.server.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;

/** The versions of runs as entity tags. */
final class EntityTags {
  private static final Pattern TAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");

  private EntityTags() {}

  static <T> ResponseEntity<T> tagged(long version, T body) {
    return ResponseEntity.ok().eTag("\"" + version + '"').body(body);
  }

  /** The version that {@code If-Match} asks for; 0 if it asks for none. */
  static long version(String ifMatch) {
    if (ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      return 0;
    }
    Matcher tag = TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw ApiException.invalid(
          "If-Match is the ETag that the run was answered with, such as \"12\" in quotes, not "
              + ifMatch);
    }
    return Long.parseLong(tag.group(1));
  }
}
