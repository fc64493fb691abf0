package dev.capstan.models.wire;

/** How a model is spoken to. */
public enum Protocol {
  /** OpenAI's Responses. */
  RESPONSES,
  /** OpenAI's Chat Completions, which many others speak too. */
  CHAT_COMPLETIONS,
  /** Anthropic's Messages. */
  MESSAGES,
  /** Gemini's generateContent. */
  GEMINI;

  /** As people write it. */
  public String word() {
    return switch (this) {
      case RESPONSES -> "responses";
      case CHAT_COMPLETIONS -> "chat-completions";
      case MESSAGES -> "messages";
      case GEMINI -> "gemini";
    };
  }
}
