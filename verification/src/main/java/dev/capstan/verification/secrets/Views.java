package dev.capstan.verification.secrets;

/** The ways in which a text is read, so that a secret cut in pieces becomes whole again. */
final class Views {
  private static final int LONGEST_GAP = 80;
  private static final String QUOTES = "\"'`";
  private static final String BETWEEN_LITERALS = "+.,&|()\\<>[]; \t\r\n";
  private static final String BEFORE_LINE = " \t#/*>|-+\"'`";
  private static final String AFTER_LINE = " \t\r\\\"'`+,;.&|";
  private static final String[] JOINING = {"append", "concat", "push", "join", "add", "write"};

  private Views() {}

  /** As it stands. Zero bytes are left out, so that UTF-16 can be read as well. */
  static View plain(String text) {
    View.Builder view = new View.Builder();
    String readable = text.replace("\0", "");
    int line = 1;
    for (int from = 0; from < readable.length(); line++) {
      int end = endOfLine(readable, from);
      view.add(readable, from, end, line);
      from = end;
    }
    return view.build();
  }

  /** With what stands between two literals taken away: {@code "a" + "b"} is {@code "ab"}. */
  static View glued(View plain) {
    String text = plain.text();
    View.Builder view = new View.Builder();
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (QUOTES.indexOf(text.charAt(at)) >= 0) {
        int next = nextLiteral(text, at + 1);
        if (next > 0) {
          view.add(text, from, at, plain.lineAt(from));
          from = next;
          at = next - 1;
        }
      } else if (text.charAt(at) == '\n') {
        view.add(text, from, at + 1, plain.lineAt(from));
        from = at + 1;
      }
    }
    return view.add(text, from, text.length(), plain.lineAt(from)).build();
  }

  /** Where the next literal begins if nothing but what joins two stands between; else 0. */
  private static int nextLiteral(String text, int afterQuote) {
    int end = Math.min(text.length(), afterQuote + LONGEST_GAP);
    int at = afterQuote;
    while (at < end) {
      if (QUOTES.indexOf(text.charAt(at)) >= 0) {
        return at + 1;
      }
      int next = afterJoining(text, at);
      if (next == at) {
        return 0;
      }
      at = next;
    }
    return 0;
  }

  private static int afterJoining(String text, int at) {
    if (BETWEEN_LITERALS.indexOf(text.charAt(at)) >= 0) {
      return at + 1;
    }
    for (String word : JOINING) {
      if (text.startsWith(word, at)) {
        return at + word.length();
      }
    }
    boolean prefix =
        "fbruFBRU".indexOf(text.charAt(at)) >= 0
            && at + 1 < text.length()
            && QUOTES.indexOf(text.charAt(at + 1)) >= 0;
    return prefix ? at + 1 : at;
  }

  /** The literals alone, one after another. */
  static View literals(View plain) {
    String text = plain.text();
    View.Builder view = new View.Builder();
    int open = -1;
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '\n') {
        open = -1;
      } else if (open < 0 && QUOTES.indexOf(character) >= 0) {
        open = at;
      } else if (open >= 0 && character == text.charAt(open)) {
        view.add(text, open + 1, at, plain.lineAt(open));
        open = -1;
      }
    }
    return view.build();
  }

  /** The lines without what begins, ends and separates them. */
  static View lines(View plain) {
    String text = plain.text();
    View.Builder view = new View.Builder();
    for (int from = 0; from < text.length(); ) {
      int end = endOfLine(text, from);
      int first = from;
      int last = end;
      while (first < last && BEFORE_LINE.indexOf(text.charAt(first)) >= 0) {
        first++;
      }
      while (last > first && ("\n" + AFTER_LINE).indexOf(text.charAt(last - 1)) >= 0) {
        last--;
      }
      view.add(text, first, last, plain.lineAt(from));
      from = end;
    }
    return view.build();
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end + 1;
  }
}
