package dev.capstan.control.access;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

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

  /**
   * An entry with its place.
   *
   * @param hash of it and of the hash before, so that one that was changed or removed shows
   */
  record Placed(long position, Instant at, Entry entry, String hash) {}

  /**
   * What the hashes say of the whole audit.
   *
   * @param broken the first entry that does not follow the one before it; empty if all do
   * @param position of the last entry; 0 if there is none
   * @param hash of the last entry
   */
  record Chain(OptionalLong broken, long position, String hash) {}

  /** Returns once it is kept. */
  void add(Entry entry);

  /**
   * Entries after that position, and not before that moment, in order: of an organisation, or all.
   */
  List<Placed> read(Access access, long afterPosition, Instant since, int most);

  /** Reads the whole audit. */
  Chain check();
}
