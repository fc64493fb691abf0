package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The child process: a question is the language and the text, an answer is what was parsed, or why
 * not. Ends when its input does.
 */
final class ParserProcess {
  static final int PARSED = 1;
  static final int UNPARSED = 0;

  private ParserProcess() {}

  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    try (SyntaxParser parser = new SyntaxParser()) {
      while (true) {
        Language language = Language.valueOf(in.readUTF());
        String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        answer(parser, language, text, out);
        out.flush();
      }
    } catch (EOFException _) {
      return;
    }
  }

  private static void answer(
      SyntaxParser parser, Language language, String text, DataOutputStream out)
      throws IOException {
    try {
      write(out, PARSED, ParsedCodec.encode(parser.parse(language, text)));
    } catch (Unparsed | RuntimeException failure) {
      write(out, UNPARSED, String.valueOf(failure.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(DataOutputStream out, int kind, byte[] content) throws IOException {
    out.writeByte(kind);
    out.writeInt(content.length);
    out.write(content);
  }
}
