package dev.capstan.postgres.database;

import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.BAD_URL;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a database URL apart. By hand, since {@code java.net.URI} knows no lists of hosts. */
final class DatabaseUrlParser {
  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<userinfo>[^/?]*)@)?(?<hosts>[^/?@]+)/(?<database>[^/?]+)(?:[?](?<options>.*))?");

  private final String url;
  private final Map<String, String> environment;

  DatabaseUrlParser(String url, Map<String, String> environment) {
    this.url = url.strip();
    this.environment = Map.copyOf(environment);
  }

  DatabaseAddress parse() {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw bad("is not of the form postgresql://user@host:5432/database");
    }
    Map<String, String> logins = new LinkedHashMap<>();
    String options = options(textOrEmpty(parts.group("options")), logins);
    String[] login = textOrEmpty(parts.group("userinfo")).split(":", 2);
    String user = firstText(decode(login[0]), logins.get("user"), environment.get("PGUSER"));
    String inUrl = login.length == 2 ? decode(login[1]) : "";
    String password = firstText(inUrl, logins.get("password"), environment.get("PGPASSWORD"));
    if (user.isEmpty()) {
      throw bad("names no user: write postgresql://user@host/database or set PGUSER");
    }
    return new DatabaseAddress(
        parts.group("hosts"), decode(parts.group("database")), options, user, password);
  }

  /** The parameters but for user and password, which go to {@code logins}. */
  private String options(String query, Map<String, String> logins) {
    List<String> kept = new ArrayList<>();
    for (String option : query.split("&", -1)) {
      String[] pair = option.split("=", 2);
      if (pair[0].equals("user") || pair[0].equals("password")) {
        logins.put(pair[0], pair.length == 2 ? decode(pair[1]) : "");
      } else if (!option.isEmpty()) {
        kept.add(option);
      }
    }
    return String.join("&", kept);
  }

  private String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw bad("has a '%' that is not followed by two hexadecimal digits: write %25 for '%'");
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String textOrEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String firstText(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isEmpty()) {
        return candidate;
      }
    }
    return "";
  }

  /** The URL itself is left out of the message: it may hold a password. */
  private static DatabaseUnavailable bad(String what) {
    return new DatabaseUnavailable(BAD_URL, "The database URL " + what + '.');
  }
}
