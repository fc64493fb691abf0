package dev.capstan.models.catalog;

import dev.capstan.models.wire.Protocol;
import java.util.Arrays;
import java.util.Optional;

/** What a provider is. */
public enum ProviderKind {
  OPENAI_COMPATIBLE("openai-compatible"),
  OLLAMA("ollama"),
  ANTHROPIC("anthropic"),
  GEMINI("gemini");

  private final String word;

  ProviderKind(String word) {
    this.word = word;
  }

  /** As people write it. */
  public String word() {
    return word;
  }

  public boolean speaks(Protocol protocol) {
    return switch (protocol) {
      case RESPONSES -> this == OPENAI_COMPATIBLE;
      case CHAT_COMPLETIONS -> this == OPENAI_COMPATIBLE || this == OLLAMA;
      case MESSAGES -> this == ANTHROPIC;
      case GEMINI -> this == GEMINI;
    };
  }

  /** Also where what is asked has to be translated. */
  public boolean answers(Protocol protocol) {
    return speaks(protocol) || (protocol == Protocol.MESSAGES && speaks(Protocol.CHAT_COMPLETIONS));
  }

  static Optional<ProviderKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
