package dev.capstan.adapters.vectors;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where vectors are kept outside.
 *
 * @param url of the server: {@code http://HOST:PORT} or {@code https://HOST:PORT}; for pgvector
 *     {@code postgresql://USER@HOST/DATABASE}
 * @param token the key of Qdrant or Chroma, or the password of the database; "" for none
 * @param prefix of the names of collections or of the table; another one for each Capstan server
 */
public record VectorSettings(Kind kind, String url, String token, String prefix) {
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");

  /** Of what the store is. */
  public enum Kind {
    CHROMA,
    QDRANT,
    PGVECTOR;

    /** As users write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The text form holds no secrets. */
  @Override
  public String toString() {
    return kind.word() + " with prefix " + prefix;
  }

  public static boolean isPrefix(String text) {
    return PREFIX.matcher(text).matches();
  }

  /** True of what {@link #url} can be for one kind or another. */
  public static boolean isUrl(String text) {
    return isHttp(text) || isDatabase(text);
  }

  /** Why the URL is not one of the kind; empty if it is. */
  public Optional<String> fault() {
    boolean fits =
        switch (kind) {
          case CHROMA, QDRANT -> isHttp(url);
          case PGVECTOR -> isDatabase(url);
        };
    String wanted = kind == Kind.PGVECTOR ? "postgresql://USER@HOST/DATABASE" : "http://HOST:PORT";
    return fits ? Optional.empty() : Optional.of(kind.word() + " is reached by " + wanted);
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          Map.of("http", true, "https", true).containsKey(String.valueOf(uri.getScheme()));
      return http
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException wrong) {
      return false;
    }
  }

  private static boolean isDatabase(String text) {
    return text.matches("(?:jdbc:)?postgres(?:ql)?://\\S+");
  }
}
