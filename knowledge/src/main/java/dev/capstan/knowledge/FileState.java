package dev.capstan.knowledge;

import java.util.List;

/** What has become of a file: exactly one of these. */
public sealed interface FileState {
  /** All of it can be found. */
  record Indexed() implements FileState {}

  /** Only these lines can be found. */
  record Partial(List<Lines> ranges, String why) implements FileState {
    public Partial {
      ranges = List.copyOf(ranges);
    }
  }

  /** Left out by a rule. */
  record Skipped(Reason reason) implements FileState {}

  /** Its owners keep it from machines; nothing of it was kept. */
  record OptedOut(String how) implements FileState {}

  /** It could not be read. */
  record Failed(String error) implements FileState {}

  /** Both ends count; the first line is 1. */
  record Lines(int first, int last) {}

  /** Why a file is left out. */
  enum Reason {
    BINARY("is binary"),
    EMPTY("is empty"),
    TOO_LARGE("is larger than 20 MiB"),
    GENERATED("was made by a program"),
    MINIFIED("is minified"),
    SECRET("has a name as secrets have"),
    LINK("is a symbolic link"),
    SUBMODULE("is another repository"),
    LARGE_FILE_POINTER("is a pointer of Git LFS"),
    UNREADABLE_NAME("has a name that is not UTF-8"),
    UNKNOWN_ENCODING("is text in an encoding that is not known");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  /** The state's name, as users read it. */
  default String word() {
    return switch (this) {
      case Indexed _ -> "indexed";
      case Partial _ -> "partial";
      case Skipped _ -> "skipped";
      case OptedOut _ -> "opted out";
      case Failed _ -> "failed";
    };
  }

  /** Why it is not indexed as a whole; "" if it is. */
  default String why() {
    return switch (this) {
      case Indexed _ -> "";
      case Partial partial -> partial.why();
      case Skipped skipped -> skipped.reason().sentence();
      case OptedOut optedOut -> optedOut.how();
      case Failed failed -> failed.error();
    };
  }

  /** True if something of the file can be found. */
  default boolean isFindable() {
    return switch (this) {
      case Indexed _, Partial _ -> true;
      case Skipped _, OptedOut _, Failed _ -> false;
    };
  }
}
