package dev.capstan.models.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For protocols in which what was told last is all that was taken. */
abstract class LastUsage implements Meter {
  private @Nullable Usage told;
  private boolean ended;

  final void tell(Usage usage) {
    told = usage;
  }

  final void endIf(boolean last) {
    ended |= last;
  }

  @Override
  public final Optional<Usage> usage() {
    return Optional.ofNullable(told);
  }

  @Override
  public final boolean ended() {
    return ended;
  }
}
