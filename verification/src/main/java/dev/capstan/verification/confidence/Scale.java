package dev.capstan.verification.confidence;

import dev.capstan.core.evidence.Confidence.Calibration;
import dev.capstan.core.evidence.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * From a raw score to the share of changes with such a score that people accepted.
 *
 * <p>Isotonic regression by pooling adjacent violators (Ayer et al., 1955) over the older two
 * thirds of the outcomes; the Brier score (Brier, 1950) is taken on the newer third, which the
 * scale has not seen. A scale that does no better there than the raw score is not used.
 */
final class Scale {
  /** Fewer outcomes say nothing. */
  static final int NEEDED = 50;

  private final IntUnaryOperator scale;
  private final Calibration calibration;

  private Scale(IntUnaryOperator scale, Calibration calibration) {
    this.scale = scale;
    this.calibration = calibration;
  }

  /** The scale that follows from outcomes with a score, the oldest first. */
  static Scale of(List<Outcome> outcomes) {
    List<Outcome> scored = outcomes.stream().filter(outcome -> outcome.raw() >= 0).toList();
    if (scored.size() < NEEDED) {
      return new Scale(raw -> raw, new Calibration.Uncalibrated(scored.size(), NEEDED));
    }
    int cut = scored.size() * 2 / 3;
    List<Outcome> heldOut = scored.subList(cut, scored.size());
    List<Block> blocks = pooled(scored.subList(0, cut));
    IntUnaryOperator fitted = raw -> at(blocks, raw);
    int fittedBrier = brier(heldOut, fitted);
    int rawBrier = brier(heldOut, raw -> raw);
    boolean better = fittedBrier < rawBrier;
    return new Scale(
        better ? fitted : raw -> raw,
        new Calibration.Calibrated(Math.min(fittedBrier, rawBrier), heldOut.size(), scored.size()));
  }

  int at(int raw) {
    return scale.applyAsInt(raw);
  }

  Calibration calibration() {
    return calibration;
  }

  /** Scores from {@code least} on, with how many of them people accepted. */
  private record Block(int least, int accepted, int all) {
    double share() {
      return (double) accepted / all;
    }

    Block and(Block next) {
      return new Block(least, accepted + next.accepted, all + next.all);
    }

    /** Away from 0 and 1, which a few outcomes cannot prove. */
    int hundredths() {
      return (int) Math.round(100.0 * (accepted + 1) / (all + 2));
    }
  }

  private static List<Block> pooled(List<Outcome> outcomes) {
    List<Block> blocks = new ArrayList<>();
    for (Outcome outcome :
        outcomes.stream().sorted(Comparator.comparingInt(Outcome::raw)).toList()) {
      Block block = new Block(outcome.raw(), outcome.accepted() ? 1 : 0, 1);
      while (!blocks.isEmpty()
          && (blocks.getLast().least() == block.least()
              || blocks.getLast().share() >= block.share())) {
        block = blocks.removeLast().and(block);
      }
      blocks.add(block);
    }
    return blocks;
  }

  private static int at(List<Block> blocks, int raw) {
    int found = blocks.getFirst().hundredths();
    for (Block block : blocks) {
      if (block.least() <= raw) {
        found = Math.max(found, block.hundredths());
      }
    }
    return found;
  }

  /** In ten-thousandths. */
  private static int brier(List<Outcome> outcomes, IntUnaryOperator scale) {
    double sum = 0;
    for (Outcome outcome : outcomes) {
      double miss = scale.applyAsInt(outcome.raw()) / 100.0 - (outcome.accepted() ? 1 : 0);
      sum += miss * miss;
    }
    return (int) Math.round(10_000 * sum / outcomes.size());
  }
}
