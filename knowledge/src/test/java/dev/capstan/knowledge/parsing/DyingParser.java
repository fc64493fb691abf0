package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.parsing.Parsed.How;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A child process that dies or hangs where the text says so, as a faulty native parser does. */
final class DyingParser {
  private DyingParser() {}

  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    while (true) {
      in.readUTF();
      String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      if (text.contains("die")) {
        Runtime.getRuntime().halt(139);
      }
      while (text.contains("hang")) {
        LockSupport.park();
      }
      answer(out);
    }
  }

  private static void answer(DataOutputStream out) throws IOException {
    Parsed nothing =
        new Parsed(
            How.SYNTAX, "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    byte[] parsed = ParsedCodec.encode(nothing);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.writeByte(ParserProcess.PARSED);
    data.writeInt(parsed.length);
    data.write(parsed);
    out.write(frame.toByteArray());
    out.flush();
  }
}
