package dev.capstan.workspace.forge;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The port to where pull requests live. Every method may be called again after a crash, by many
 * threads and processes. An outage is thrown as {@link ForgeFailure} or as the git store's failure.
 */
public interface Forge {
  /** Makes the branch the commit, never by force; again is fine. */
  void push(ProjectId project, CommitId commit, String branch);

  /** The pull request that was opened under the key. */
  Optional<Opened> find(ProjectId project, String key);

  /** Opens a pull request; if its key has one already, that is given and the draft is ignored. */
  Opened open(Draft draft);

  /**
   * Puts a file beside the pull request that was opened under the key; again takes its place.
   *
   * @param name plain, such as {@code evidence.json}
   */
  void attach(ProjectId project, String key, String name, String text);

  /** All of a project, by number. */
  List<Opened> list(ProjectId project);

  /**
   * A pull request to be.
   *
   * @param key the same for the same effect, so that it happens once
   * @param body Markdown
   * @param head the branch that holds the change
   * @param base the branch that it is for
   * @param commit the tip of head
   * @param reviewers who are asked to look, as {@code @user}, {@code @team} or an address
   * @param signed whether every commit of it bears a signature
   */
  record Draft(
      ProjectId project,
      String key,
      String title,
      String body,
      String head,
      String base,
      CommitId commit,
      List<String> reviewers,
      boolean signed) {
    public Draft {
      reviewers = List.copyOf(reviewers);
    }

    /** Without reviewers or signatures. */
    public Draft(
        ProjectId project,
        String key,
        String title,
        String body,
        String head,
        String base,
        CommitId commit) {
      this(project, key, title, body, head, base, commit, List.of(), false);
    }
  }

  /**
   * An open pull request.
   *
   * @param number unique in the project, from 1
   * @param url a person can open it
   */
  record Opened(int number, String url, Draft draft, Instant at) {}
}
