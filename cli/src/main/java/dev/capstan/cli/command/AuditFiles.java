package dev.capstan.cli.command;

import dev.capstan.api.AuditHash;
import dev.capstan.api.AuditView;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/**
 * Checks entries of the audit that were exported as JSON lines: each must follow the one before it.
 * Files may overlap, as two servers may have exported at a time, but must then say the same.
 */
final class AuditFiles {
  /** Hashes that are remembered, for files that overlap. */
  private static final int REMEMBERED = 100_000;

  /** What is no whole entry is none. */
  private static final ObjectReader ENTRY =
      Json.MAPPER
          .readerFor(AuditView.class)
          .with(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private final Map<Long, String> hashes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long first;
  private long last;
  private String lastHash = "";
  private long keptPosition;
  private String keptHash = "";
  private boolean keptFound = true;
  private String fault = "";

  /**
   * What the files say.
   *
   * @param first the position of the first entry; 0 if there is none
   * @param last that of the last entry, or of the last one that is well
   * @param hash of the entry at {@code last}
   * @param fault what is wrong; "" for nothing
   */
  record Found(boolean whole, long first, long last, String hash, String fault) {
    String inWords() {
      if (!whole) {
        return fault;
      }
      return first == 0
          ? "there are no entries"
          : (first == 1 ? "whole: " : "each follows from entry " + first + " on: ")
              + last
              + ':'
              + hash;
    }
  }

  /** That entry must be there, with that hash. */
  void keep(long position, String hash) {
    keptPosition = position;
    keptHash = hash;
    keptFound = false;
  }

  /** Reads them in their order; throws {@link ApiFailure} if one is no export. */
  Found read(List<Path> files) {
    for (Path file : files) {
      read(file);
    }
    if (fault.isEmpty() && !keptFound) {
      fault = "what was kept is not there any more: " + keptPosition + ':' + keptHash;
    }
    return new Found(fault.isEmpty(), first, last, lastHash, fault);
  }

  private void read(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      for (int number = 1; line != null && fault.isEmpty(); number++) {
        @Nullable AuditView entry = ENTRY.readValue(line);
        if (entry == null) {
          throw noExport(file);
        }
        take(entry, file + ", line " + number + ": ");
        line = lines.readLine();
      }
    } catch (IOException failure) {
      throw new ApiFailure(ErrorCode.INVALID, file + " cannot be read: " + failure.getMessage());
    } catch (JacksonException malformed) {
      throw noExport(file);
    }
  }

  private static ApiFailure noExport(Path file) {
    return new ApiFailure(ErrorCode.INVALID, file + " is no export of the audit as JSON lines");
  }

  private void take(AuditView entry, String place) {
    long position = entry.position();
    if (first != 0 && position <= last) {
      if (!entry.hash().equals(hashes.get(position))) {
        fault = place + "entry " + position + " is not the one that was there before";
      }
      return;
    }
    if (first != 0 && position > last + 1) {
      fault = place + "entry " + (last + 1) + " is missing";
      return;
    }
    boolean anchor = first == 0 && position > 1;
    if (!anchor && !AuditHash.of(lastHash, entry).equals(entry.hash())) {
      fault = place + "entry " + position + " does not follow the one before it";
      return;
    }
    first = first == 0 ? position : first;
    last = position;
    lastHash = entry.hash();
    hashes.put(position, entry.hash());
    keptFound |= position == keptPosition && entry.hash().equals(keptHash);
  }
}
