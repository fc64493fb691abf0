package dev.capstan.engines.codemod;

import io.roastedroot.quickjs4j.core.Builtins;
import io.roastedroot.quickjs4j.core.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/**
 * One call into JavaScript, by QuickJS compiled to WebAssembly. Each call has an engine of its own,
 * so nothing that one leaves behind is seen by the next. All it can reach of this machine is the
 * request, the answer, and a console.
 */
final class Script {
  private static final int PAGES_OF_A_MEBIBYTE = (1 << 20) / Memory.PAGE_SIZE;
  private static final long STACK_BYTES = 16L << 20;
  private static final int MOST_PRINTED = 64 << 10;

  private static final AtomicReference<byte[]> frame = new AtomicReference<>(new byte[0]);

  private Script() {}

  /** How a call ended. */
  sealed interface Ending {
    /**
     * With an answer.
     *
     * @param full whether memory was all but used up
     */
    record Answered(String json, boolean full) implements Ending {}

    /** Without. */
    record Broken(Trouble trouble, String why) implements Ending {}
  }

  /**
   * Blocks until the call has ended. An interrupt ends it.
   *
   * @param request as JSON
   * @param memory in MiB
   * @param printed gets each line that it prints, once it has ended
   */
  static Ending call(String request, Duration limit, int memory, Consumer<String> printed)
      throws InterruptedException {
    Bounded console = new Bounded();
    FutureTask<Ending> call = new FutureTask<>(() -> run(request, memory, console));
    Thread thread = new Thread(null, call, "codemod", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      Ending ending = call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      console.toString(StandardCharsets.UTF_8).lines().forEach(printed);
      return ending;
    } catch (TimeoutException late) {
      return new Ending.Broken(
          Trouble.TIME, "still running after " + limit.toMillis() + " ms, its time limit");
    } catch (ExecutionException bug) {
      throw new IllegalStateException("JavaScript could not be run", bug.getCause());
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  private static Ending run(String request, int mebibytes, Bounded console) {
    AtomicReference<String> answer = new AtomicReference<>();
    AtomicReference<Memory> memory = new AtomicReference<>();
    Builtins host =
        Builtins.builder("capstan")
            .addVoidToString("request", () -> request)
            .addStringToVoid("answer", answer::set)
            .build();
    MemoryLimits limits = new MemoryLimits(1, mebibytes * PAGES_OF_A_MEBIBYTE);
    byte[] frame = frame();
    try (Engine engine = engine(host, limits, memory, console)) {
      engine.exec(engine.writeCompiled(frame));
    } catch (RuntimeException ended) {
      // Whatever ends the engine is the doing of the script.
      if (answer.get() == null) {
        return isFull(memory.get(), limits)
            ? new Ending.Broken(Trouble.MEMORY, "the engine was ended")
            : new Ending.Broken(
                Trouble.ERROR, "it broke the engine, as a recursion without end does");
      }
    }
    String json = answer.get();
    return json == null
        ? new Ending.Broken(Trouble.ERROR, "it keeps the answer from being given")
        : new Ending.Answered(json, isFull(memory.get(), limits));
  }

  private static boolean isFull(Memory memory, MemoryLimits limits) {
    return memory.pages() > limits.maximumPages() / 8 * 7;
  }

  private static Engine engine(
      Builtins host, MemoryLimits limits, AtomicReference<Memory> memory, Bounded console) {
    return Engine.builder()
        .addBuiltins(host)
        .withMemoryFactory(wanted -> {
          Memory made =
              new ByteArrayMemory(new MemoryLimits(wanted.initialPages(), limits.maximumPages()));
          memory.set(made);
          return made;
        })
        .withStdout(console)
        .withStderr(new Bounded())
        .build();
  }

  /**
   * What each call runs. An interrupt may end its compilation, so no class is initialised by it.
   */
  private static byte[] frame() {
    byte[] known = frame.get();
    if (known.length > 0) {
      return known;
    }
    try (InputStream source = Script.class.getResourceAsStream("frame.js");
        Engine engine = Engine.builder().build()) {
      byte[] compiled =
          engine.readCompiled(engine.compileRaw(Objects.requireNonNull(source).readAllBytes()));
      frame.set(compiled);
      return compiled;
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** Keeps the beginning of what is printed. */
  private static final class Bounded extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int b) {
      if (count < MOST_PRINTED) {
        super.write(b);
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, Math.min(length, MOST_PRINTED - count));
    }
  }
}
