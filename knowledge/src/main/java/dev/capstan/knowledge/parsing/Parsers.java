package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Parses some files at once, each in a child process of its own. Safe for many threads. */
public final class Parsers implements AutoCloseable {
  /** Each child may take half a gigabyte. */
  private static final int MOST = 4;

  private final List<Parsing> all = new ArrayList<>();
  private final BlockingQueue<Parsing> free = new LinkedBlockingQueue<>();
  private final ExecutorService threads;

  public Parsers() {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST);
    for (int i = 0; i < count; i++) {
      all.add(new Parsing());
    }
    free.addAll(all);
    threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
  }

  /** So many are worth being asked for at once. */
  public int atOnce() {
    return 2 * all.size();
  }

  public Future<Parsed> parse(Language language, String text) {
    return threads.submit(() -> {
      Parsing parsing = free.take();
      try {
        return parsing.parse(language, text);
      } finally {
        free.add(parsing);
      }
    });
  }

  /** What is still being parsed is given up. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    all.forEach(Parsing::close);
  }
}
