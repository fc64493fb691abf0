package dev.capstan.server.admin;

import dev.capstan.api.AuditView;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.AuditLog;
import dev.capstan.server.s3.Bucket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Copies the audit of the installation into a bucket, in chunks of JSON lines that are never
 * changed. The name of a chunk says which entries it has and the hash of the last one, so the
 * bucket itself says where to go on; and a database whose audit is not the one that was copied is
 * found out. If it is done twice at a time, chunks overlap, and say the same.
 */
public final class AuditExport {
  private static final int MOST = 10_000;
  private static final Pattern CHUNK =
      Pattern.compile("audit-(\\d{12})-(\\d{12})-([0-9a-f]{64})\\.jsonl");

  private final AuditLog audit;
  private final Bucket bucket;
  private final int most;

  public AuditExport(AuditLog audit, Bucket bucket) {
    this(audit, bucket, MOST);
  }

  /** With so many entries in a chunk at most. */
  AuditExport(AuditLog audit, Bucket bucket, int most) {
    this.audit = audit;
    this.bucket = bucket;
    this.most = most;
  }

  /** The last entry that was copied; the first one has position 1. */
  private record Copied(long position, String hash) {
    static Optional<Copied> of(String name) {
      Matcher chunk = CHUNK.matcher(name);
      return chunk.matches()
          ? Optional.of(new Copied(Long.parseLong(chunk.group(2)), chunk.group(3)))
          : Optional.empty();
    }
  }

  /**
   * Copies what is new, and says in words how much that was. Throws {@link IllegalStateException}
   * if the bucket cannot be used, or if the audit no longer has what was copied.
   */
  public String copy() {
    Copied last =
        bucket.names().stream()
            .flatMap(name -> Copied.of(name).stream())
            .max(Comparator.comparingLong(Copied::position))
            .orElse(new Copied(0, ""));
    requireThere(last);
    long before = last.position();
    List<AuditView> chunk = after(last.position());
    while (!chunk.isEmpty()) {
      last = put(chunk);
      chunk = chunk.size() == most ? after(last.position()) : List.of();
    }
    return last.position() == before
        ? "nothing new"
        : "copied entries %d to %d".formatted(before + 1, last.position());
  }

  private void requireThere(Copied last) {
    boolean there =
        last.position() == 0
            || audit.read(new Access.Everything(), last.position() - 1, Instant.EPOCH, 1).stream()
                .anyMatch(placed ->
                    placed.position() == last.position() && placed.hash().equals(last.hash()));
    if (!there) {
      throw new IllegalStateException(
          "the audit has no entry %d with hash %s, which was exported: it was changed, or belongs"
                  .formatted(last.position(), last.hash())
              + " to another installation; nothing was exported");
    }
  }

  private List<AuditView> after(long position) {
    return audit.read(new Access.Everything(), position, Instant.EPOCH, most).stream()
        .map(AuditController::view)
        .toList();
  }

  private Copied put(List<AuditView> chunk) {
    AuditView last = chunk.getLast();
    String name =
        "audit-%012d-%012d-%s.jsonl"
            .formatted(chunk.getFirst().position(), last.position(), last.hash());
    String lines = chunk.stream().map(AuditFormat.JSONL::line).collect(Collectors.joining());
    bucket.put(name, lines.getBytes(StandardCharsets.UTF_8), AuditFormat.JSONL.mediaType());
    return new Copied(last.position(), last.hash());
  }
}
