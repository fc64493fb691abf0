package dev.capstan.bench;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.analysis.Analysis;
import dev.capstan.knowledge.analysis.Claim;
import dev.capstan.knowledge.analysis.Findings;
import dev.capstan.knowledge.analysis.Subject;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.View;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints claims that the analysis makes of whole repositories, for people to check: from each
 * repository's rules in turn the first, then the second, and so on.
 *
 * <p>Arguments: a scratch folder, how many claims of each repository, then git folders. It reads
 * them only.
 */
final class AnalysisClaims {
  private AnalysisClaims() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path scratch = Path.of(arguments[0]).toAbsolutePath();
    int most = Integer.parseInt(arguments[1]);
    System.out.println("| # | repository | rule | claim | evidence |");
    System.out.println("| ---: | --- | --- | --- | --- |");
    int number = 0;
    for (String repository : List.of(arguments).subList(2, arguments.length)) {
      Path gitFolder = Path.of(repository);
      Findings found = found(gitFolder, scratch);
      for (Claim claim : inTurn(found.claims()).stream().limit(most).toList()) {
        number++;
        System.out.println(
            "| %d | %s | %s | %s | %s |"
                .formatted(
                    number,
                    KnowledgeBenchmark.name(gitFolder),
                    claim.rule(),
                    claim.text(),
                    String.join("<br>", claim.evidence())));
      }
      System.err.println(KnowledgeBenchmark.name(gitFolder) + ": " + found.basis());
    }
  }

  private static Findings found(Path gitFolder, Path scratch)
      throws IOException, InterruptedException {
    String head = GitProgram.run("--git-dir=" + gitFolder, "rev-parse", "HEAD").strip();
    Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "index");
    try (ProjectIndex index = ProjectIndex.open(folder);
        SourceTree tree = SourceTree.of(gitFolder, new CommitId(head))) {
      index.update(new Wanted("HEAD", head, Instant.EPOCH), tree, Progress.SILENT);
      View view = index.newest().orElseThrow();
      return Analysis.of(
          index, view, new Graphs(index).of("HEAD"), Subject.of(view, "").orElseThrow());
    }
  }

  private static List<Claim> inTurn(List<Claim> claims) {
    Map<String, List<Claim>> byRule = new LinkedHashMap<>();
    claims.forEach(
        claim -> byRule.computeIfAbsent(claim.rule(), _ -> new ArrayList<>()).add(claim));
    List<Claim> inTurn = new ArrayList<>();
    for (int i = 0; inTurn.size() < claims.size(); i++) {
      for (List<Claim> some : byRule.values()) {
        if (i < some.size()) {
          inTurn.add(some.get(i));
        }
      }
    }
    return inTurn;
  }
}
