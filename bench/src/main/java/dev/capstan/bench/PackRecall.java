package dev.capstan.bench;

import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Answer;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Profile;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.pack.ContextPack;
import dev.capstan.knowledge.pack.Packer;
import dev.capstan.knowledge.pack.Tokens;
import dev.capstan.workspace.git.SourceTree;
import dev.capstan.workspace.git.SourceTree.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many of the files that a change touched are in a pack of so many tokens, and how many would
 * be if the same files were given whole until the budget is used up.
 */
final class PackRecall {
  static final List<Integer> BUDGETS = List.of(1_000, 2_000, 4_000, 8_000);
  private static final int HITS = 100;
  private static final int LARGEST = 20 << 20;

  private final ProjectIndex index;
  private final Graphs graphs;
  private final SourceTree tree;
  private final Map<String, Entry> entries;
  private final Map<String, Integer> tokens = new HashMap<>();

  /** Shares of the files that were to be found. */
  private record Shares(double named, double shown, double whole) {}

  PackRecall(ProjectIndex index, SourceTree tree) {
    this.index = index;
    this.graphs = new Graphs(index);
    this.tree = tree;
    this.entries =
        tree.entries().stream().collect(Collectors.toMap(Entry::path, Function.identity()));
  }

  /** A cell for each budget: named in the pack / with code in the pack / whole files. */
  String cells(List<HeldOutCommit> commits) {
    return BUDGETS.stream()
        .map(budget -> cell(commits.stream().map(commit -> shares(commit, budget)).toList()))
        .collect(Collectors.joining(" | "));
  }

  private static String cell(List<Shares> all) {
    return String.format(
        Locale.ROOT,
        "%.2f / %.2f / %.2f",
        all.stream().mapToDouble(Shares::named).average().orElse(0),
        all.stream().mapToDouble(Shares::shown).average().orElse(0),
        all.stream().mapToDouble(Shares::whole).average().orElse(0));
  }

  private Shares shares(HeldOutCommit commit, int budget) {
    ContextPack pack = Packer.pack(graphs, "base", commit.question(), budget);
    Set<String> shown =
        pack.pieces().stream()
            .map(id -> id.substring(0, id.lastIndexOf('@')))
            .collect(Collectors.toSet());
    Set<String> named = new HashSet<>(pack.named());
    named.addAll(shown);
    return new Shares(
        share(commit, named), share(commit, shown), share(commit, wholeFiles(commit, budget)));
  }

  private static double share(HeldOutCommit commit, Set<String> there) {
    return (double) commit.changed().stream().filter(there::contains).count()
        / commit.changed().size();
  }

  private Set<String> wholeFiles(HeldOutCommit commit, int budget) {
    Answer answer = index.search(Question.of("base", commit.question(), HITS).as(Profile.CHANGE));
    Set<String> whole = new HashSet<>();
    int left = budget;
    for (String path : answer.hits().stream().map(Hit::path).distinct().toList()) {
      int cost = tokens.computeIfAbsent(path, this::tokensOf);
      if (cost <= left) {
        left -= cost;
        whole.add(path);
      }
    }
    return whole;
  }

  private int tokensOf(String path) {
    return Optional.ofNullable(entries.get(path))
        .flatMap(entry -> tree.content(entry, LARGEST))
        .map(bytes -> Tokens.count(new String(bytes, StandardCharsets.UTF_8)))
        .orElse(0);
  }
}
