package dev.capstan.control.access;

import java.time.Instant;
import java.util.List;

/** Who did what, or was refused it. Only ever added to. */
public interface AuditLog {
  /**
   * One entry.
   *
   * @param who the name of the token's holder; {@code nobody} if there was no good token
   * @param token its id; empty for the owner of the data folder, and for nobody
   * @param organisation empty for nobody
   * @param action for example {@code POST /api/v1/runs}
   * @param resource the path that was asked for
   * @param reason why it was refused; for what was allowed, the status that was answered
   * @param address where the request came from
   */
  record Entry(
      String who,
      String token,
      String organisation,
      String action,
      String resource,
      boolean allowed,
      String reason,
      String address) {}

  /** An entry with its place. */
  record Placed(long position, Instant at, Entry entry) {}

  void add(Entry entry);

  /** Entries after that position, in order: of an organisation, or all. */
  List<Placed> read(Access access, long afterPosition, int most);
}
