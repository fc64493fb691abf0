package dev.capstan.server.wishes;

import dev.capstan.api.CreateRun.PlanDocument;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked for, as it is stored.
 *
 * @param plan without steps if it is to be planned by rules
 */
record WishBody(
    String source, String base, String goal, String tasks, PlanDocument plan, boolean approvePlan) {
  static final PlanDocument BY_RULES = new PlanDocument(List.of());

  String write() {
    return JsonMapper.shared().writeValueAsString(this);
  }

  static WishBody read(String json) {
    return JsonMapper.shared().readValue(json, WishBody.class);
  }
}
