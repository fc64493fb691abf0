package dev.capstan.server.mcp;

import dev.capstan.server.rest.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names lines of a file: {@code path@blob#Lx-Ly}, as tools and the API give it. The content and the
 * lines may be left out.
 *
 * @param blob "" for whatever the file is now
 */
record PieceId(String path, String blob, int first, int last) {
  private static final Pattern SYNTAX =
      Pattern.compile("(.+?)(?:@([0-9a-f]{40}|[0-9a-f]{64}))?(?:#L(\\d{1,8})(?:-L?(\\d{1,8}))?)?");

  static PieceId of(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw ApiException.invalid("an id is path@blob#Lx-Ly or a path, not \"" + text + '"');
    }
    String blob = matcher.group(2) == null ? "" : matcher.group(2);
    if (matcher.group(3) == null) {
      return new PieceId(matcher.group(1), blob, 1, Integer.MAX_VALUE - 1);
    }
    int first = Integer.parseInt(matcher.group(3));
    int last = matcher.group(4) == null ? first : Integer.parseInt(matcher.group(4));
    return new PieceId(matcher.group(1), blob, first, last);
  }
}
