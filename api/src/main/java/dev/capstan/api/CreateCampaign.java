package dev.capstan.api;

import dev.capstan.api.CreateRun.PlanDocument;
import java.util.List;

/**
 * One goal over many repositories, each by a run of its own. Sending it again with the same {@code
 * id} changes nothing.
 *
 * @param id chosen by the sender: 1 to 40 of {@code a-z 0-9 -}
 * @param goal planned by rules for each target, if there are no {@code tasks} and no {@code plan}
 * @param tasks path of a task list in each repository; "" for none
 * @param plan the same for every target; without steps if it is planned by rules
 * @param approvePlan whether each plan waits for a person
 * @param done what tells that nothing is left
 */
public record CreateCampaign(
    String id,
    String goal,
    String tasks,
    PlanDocument plan,
    boolean approvePlan,
    List<Target> targets,
    Predicate done) {
  public CreateCampaign {
    targets = List.copyOf(targets);
  }

  /**
   * One repository.
   *
   * @param source URL or absolute path
   * @param base branch, tag or commit to start from; "" for the default branch
   */
  public record Target(String source, String base) {}

  /**
   * Counted on a default branch; zero is done. Without a pattern there is no predicate.
   *
   * @param files glob of the files to look at; "" for all
   * @param pattern a regular expression; each place it matches counts
   */
  public record Predicate(String files, String pattern) {}
}
