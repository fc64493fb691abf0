package dev.capstan.server.rest;

import dev.capstan.api.ContextView;
import dev.capstan.api.IndexCoverage;
import dev.capstan.api.IndexProject;
import dev.capstan.api.IndexView;
import dev.capstan.api.SearchView;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.index.Profile;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.pack.Packer;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.knowledge.Indexes;
import dev.capstan.server.knowledge.Indexing;
import dev.capstan.server.rest.IndexedProjects.Tree;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore.Resolved;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is in a project: its index, what can be found in it, and what cannot. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
public final class KnowledgeController {
  private static final int MOST_HITS = 100;
  private static final int LONGEST_QUESTION = 4_000;
  private static final int FEWEST_TOKENS = 100;
  private static final int MOST_TOKENS = 100_000;
  private static final String WORK_TREE = "work tree";

  private final Workshop workshop;
  private final Indexes indexes;
  private final IndexedProjects indexed;
  private final Callers callers;
  private final InstantSource clock;

  public KnowledgeController(
      Workshop workshop, Indexes indexes, Callers callers, InstantSource clock) {
    this.workshop = workshop;
    this.indexes = indexes;
    this.indexed = new IndexedProjects(workshop.projects(), indexes);
    this.callers = callers;
    this.clock = clock;
  }

  /** Begins to index a branch, a commit or the work tree; look at the index for how far it is. */
  @Allowed(Scope.OPERATOR)
  @PostMapping("/index")
  IndexView index(@PathVariable String project, @RequestBody IndexProject request)
      throws InterruptedException {
    Project known = indexed.known(project);
    Bodies.complete(request);
    Optional<Indexing> begun =
        request.workTree() ? beginWorkTree(known) : beginCommit(known, request.ref());
    if (begun.isEmpty()) {
      throw ApiException.conflict(
          "the project " + known.id() + " is being indexed; wait, or cancel that");
    }
    return view(known.id());
  }

  private Optional<Indexing> beginCommit(Project project, String ref) throws InterruptedException {
    try {
      workshop.git().mirror(project.id(), project.source());
      Resolved resolved = workshop.git().resolve(project.id(), ref);
      CommitId commit = resolved.commit();
      String name = resolved.branch().isEmpty() ? commit.value() : resolved.branch();
      return begin(
          project, name, commit.value(), () -> workshop.git().sources(project.id(), commit));
    } catch (GitFailure failure) {
      throw ApiException.invalid(String.valueOf(failure.getMessage()));
    }
  }

  private Optional<Indexing> beginWorkTree(Project project) {
    Path folder = Path.of(project.source());
    if (!(callers.access() instanceof Access.Everything) || !folder.isAbsolute()) {
      throw ApiException.invalid(
          "only the owner of the machine may index a work tree, and only of a project that was"
              + " registered with a folder");
    }
    return begin(project, WORK_TREE, "", () -> SourceTree.working(folder));
  }

  private Optional<Indexing> begin(
      Project project, String name, String commit, Supplier<SourceTree> tree) {
    return indexes.begin(project.id(), new Wanted(name, commit, clock.instant()), tree);
  }

  /** A project's index, and how far indexing is. */
  @Allowed(Scope.READER)
  @GetMapping("/index")
  IndexView show(@PathVariable String project) {
    return view(indexed.known(project).id());
  }

  /** Cancels the indexing that is under way; what was done is used next time. */
  @Allowed(Scope.OPERATOR)
  @DeleteMapping("/index")
  IndexView cancel(@PathVariable String project) {
    ProjectId id = indexed.known(project).id();
    indexes.indexing(id).ifPresent(Indexing::cancel);
    return view(id);
  }

  /**
   * Finds the pieces of files that are about a question, by its words and by the names in it.
   *
   * @param q a sentence or an identifier
   * @param tree which of the indexed trees; "" for the one that was indexed last
   * @param path only files with such a path: * is anything, a folder ends in /
   * @param language only files in such a language
   * @param role only code, test or docs
   * @param profile default, change (where a change is to be made; what like commits changed counts)
   *     or docs (prose counts as much as code)
   */
  @Allowed(Scope.READER)
  @GetMapping("/search")
  SearchView search(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String tree,
      @RequestParam(defaultValue = "") List<String> path,
      @RequestParam(defaultValue = "") List<String> language,
      @RequestParam(defaultValue = "") List<String> role,
      @RequestParam(defaultValue = "default") String profile,
      @RequestParam(defaultValue = "10") int limit) {
    Tree found = indexed.tree(project, tree);
    requireQuestion(q);
    int most = Math.clamp(limit, 1, MOST_HITS);
    Question question = new Question(found.view().name(), q, path, language, role, most);
    return KnowledgeViews.search(found, found.index().search(question.as(profile(profile))));
  }

  private static Profile profile(String word) {
    return Profile.of(word)
        .orElseThrow(
            () -> ApiException.invalid("profile is default, change or docs, not \"" + word + '"'));
  }

  private static void requireQuestion(String q) {
    if (q.isBlank() || q.length() > LONGEST_QUESTION) {
      throw ApiException.invalid(
          "q is a question of 1 to " + LONGEST_QUESTION + " characters, not of " + q.length());
    }
  }

  /**
   * What a model may be given to read for a goal: a map of likely files, and pieces of them.
   *
   * @param q the goal
   * @param tree which of the indexed trees; "" for the one that was indexed last
   * @param tokens at most so many, of 100 to 100,000
   */
  @Allowed(Scope.READER)
  @GetMapping("/context")
  ContextView context(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String tree,
      @RequestParam(defaultValue = "2000") int tokens) {
    Tree found = indexed.tree(project, tree);
    requireQuestion(q);
    int most = Math.clamp(tokens, FEWEST_TOKENS, MOST_TOKENS);
    return KnowledgeViews.context(
        found, Packer.pack(indexed.graphs(found), found.view().name(), q, most));
  }

  /**
   * What of a tree can be found and what not, and why.
   *
   * @param state names the files in that state; "" names none
   */
  @Allowed(Scope.READER)
  @GetMapping("/coverage")
  IndexCoverage coverage(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String tree,
      @RequestParam(defaultValue = "") String state) {
    return KnowledgeViews.coverage(indexed.tree(project, tree), state);
  }

  private IndexView view(ProjectId project) {
    return KnowledgeViews.index(project, indexes.indexing(project), indexes.find(project));
  }
}
