package dev.capstan.models.cache;

import dev.capstan.models.records.Origin;
import dev.capstan.models.upstream.Ending;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Answers that are kept, and questions that are being asked: of those that ask the same at once,
 * one asks the provider and the others wait for what it hears. Safe for many threads.
 */
public final class Shelf {
  private final ResponseCache cache;
  private final Map<CacheKey, Claim> underWay = new ConcurrentHashMap<>();

  public Shelf(ResponseCache cache) {
    this.cache = cache;
  }

  /** What is to be done for a question. */
  public sealed interface Found {
    /** The answer is here. */
    record Known(KeptAnswer answer, Origin origin) implements Found {}

    /** Whoever gets this asks the provider, and says by {@link Claim#end} what it heard. */
    record Unknown(Claim claim) implements Found {}

    /** Whoever asked went away while others were waited for. */
    record Left() implements Found {}
  }

  /**
   * Waits for others that ask the same. Where they hear nothing good, one of those that waited asks
   * next.
   */
  public Found find(CacheKey key, Ending ending) throws InterruptedException {
    while (!ending.isEnded()) {
      Claim own = new Claim(key);
      Claim first = underWay.putIfAbsent(key, own);
      if (first == null) {
        return look(own);
      }
      Optional<KeptAnswer> heard = first.await(ending);
      if (heard.isPresent()) {
        return new Found.Known(heard.get(), Origin.JOINED);
      }
    }
    return new Found.Left();
  }

  private Found look(Claim claim) {
    Optional<KeptAnswer> kept = Optional.empty();
    boolean looked = false;
    try {
      kept = cache.find(claim.key);
      looked = true;
    } finally {
      if (!looked || kept.isPresent()) {
        claim.tell(kept);
      }
    }
    return kept.isPresent() ? new Found.Known(kept.get(), Origin.CACHE) : new Found.Unknown(claim);
  }

  /** The right to ask for all that wait. */
  public final class Claim {
    private final CacheKey key;
    private final CompletableFuture<Optional<KeptAnswer>> heard = new CompletableFuture<>();

    private Claim(CacheKey key) {
      this.key = key;
    }

    /** Gives the right back, with the answer if it is one to be used again. */
    public void end(Optional<KeptAnswer> answer) {
      try {
        answer.ifPresent(good -> cache.keep(key, good));
      } finally {
        tell(answer);
      }
    }

    private void tell(Optional<KeptAnswer> answer) {
      underWay.remove(key, this);
      heard.complete(answer);
    }

    private Optional<KeptAnswer> await(Ending ending) throws InterruptedException {
      CompletableFuture<Optional<KeptAnswer>> waiting = heard.copy();
      ending.by(() -> waiting.cancel(true));
      try {
        return waiting.get();
      } catch (CancellationException _) {
        return Optional.empty();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
