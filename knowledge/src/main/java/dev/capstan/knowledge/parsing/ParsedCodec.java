package dev.capstan.knowledge.parsing;

import tools.jackson.databind.json.JsonMapper;

/** What was parsed, as bytes: between processes, and in the index. */
public final class ParsedCodec {
  /** To be raised when parsing gives something else, so that old results are not used. */
  public static final int VERSION = 2;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ParsedCodec() {}

  public static byte[] encode(Parsed parsed) {
    return JSON.writeValueAsBytes(parsed);
  }

  public static Parsed decode(byte[] bytes) {
    return JSON.readValue(bytes, Parsed.class);
  }
}
