package dev.capstan.models.upstream;

import dev.capstan.models.catalog.Model;
import dev.capstan.models.wire.Question;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Where answers come from. Safe for many threads. */
public interface Provision {
  /**
   * Asks once, and blocks until the answer begins.
   *
   * @param body as it is to be sent
   * @param headers of the agent that the protocol wants passed on
   */
  Try ask(
      Model model, Question question, ObjectNode body, Map<String, String> headers, Ending ending)
      throws InterruptedException;
}
