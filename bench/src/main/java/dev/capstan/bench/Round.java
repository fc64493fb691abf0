package dev.capstan.bench;

import java.util.List;

/** One contender's part of a round. */
interface Round {
  /** Measures once. Throws if the contender can't run or does not finish. */
  List<Figure> measure() throws Exception;
}
