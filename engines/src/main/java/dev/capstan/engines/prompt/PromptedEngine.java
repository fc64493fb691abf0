package dev.capstan.engines.prompt;

import dev.capstan.core.plan.Work;
import dev.capstan.engines.Engine;
import java.util.Optional;

/** A coding agent, which is told its step by the prompt of its role. */
public interface PromptedEngine extends Engine {
  Prompts prompts();

  @Override
  default boolean isAgent() {
    return true;
  }

  @Override
  default boolean usesModels(Work work) {
    return true;
  }

  @Override
  default String prompt(Work work) {
    return prompts().of(AgentWork.of(work.arguments()).asRole()).label();
  }

  @Override
  default Optional<String> refuses(Work work) {
    return AgentWork.fault(work.arguments());
  }
}
