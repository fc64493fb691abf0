package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@link ParserProcess}, seen from outside. For one thread. */
final class ParserChild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ParserChild.class);

  private final Process process;
  private final Path libraries;
  private final DataOutputStream questions;
  private final DataInputStream answers;

  private ParserChild(Process process, Path libraries) {
    this.process = process;
    this.libraries = libraries;
    this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Nothing of this process's environment reaches it. The grammars' native libraries are unpacked
   * into a folder of its own, which goes with it.
   */
  static ParserChild start(String mainClass) throws IOException {
    Path libraries = Files.createTempDirectory("capstan-parser");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx512m",
                "-Xss16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + libraries,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    builder.environment().clear();
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ParserChild(builder.start(), libraries);
  }

  Parsed parse(Language language, String text, Duration limit)
      throws Unparsed, IOException, InterruptedException, TimeoutException {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(exchange(language, text));
          } catch (IOException | Unparsed failure) {
            answer.completeExceptionally(failure);
          }
        });
    try {
      return ParsedCodec.decode(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case Unparsed unparsed -> throw unparsed;
        case IOException lost -> throw lost;
        case null, default -> throw new IOException(failure.getCause());
      }
    }
  }

  private byte[] exchange(Language language, String text) throws IOException, Unparsed {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    questions.writeUTF(language.name());
    questions.writeInt(bytes.length);
    questions.write(bytes);
    questions.flush();
    int kind = answers.readUnsignedByte();
    byte[] content = new byte[answers.readInt()];
    answers.readFully(content);
    if (kind == ParserProcess.UNPARSED) {
      throw new Unparsed(new String(content, StandardCharsets.UTF_8));
    }
    return content;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.list(libraries)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(libraries);
    } catch (IOException failure) {
      LOG.atDebug().setCause(failure).log("{} is left behind", libraries);
    }
  }
}
