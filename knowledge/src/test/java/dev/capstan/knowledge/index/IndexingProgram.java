package dev.capstan.knowledge.index;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.embedding.HashEmbedder;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Indexes a commit, says how far it is, and waits at a place until it is killed. */
final class IndexingProgram {
  private IndexingProgram() {}

  /** Arguments: the index, the git folder, the view, the commit, and where to wait. */
  public static void main(String[] arguments) throws InterruptedException {
    CommitId commit = new CommitId(arguments[3]);
    try (ProjectIndex index =
            ProjectIndex.open(Path.of(arguments[0]), Optional.of(new HashEmbedder()));
        SourceTree tree = SourceTree.of(Path.of(arguments[1]), commit)) {
      index.update(
          new Wanted(arguments[2], commit.value(), Instant.EPOCH),
          tree,
          (done, _) -> say("indexed " + done, arguments[4]));
      index.embed(arguments[2], (done, _) -> say("embedded " + done, arguments[4]));
      say("finished", arguments[4]);
    }
  }

  private static boolean say(String what, String waitAt) {
    System.out.println(what);
    while (what.equals(waitAt)) {
      LockSupport.park();
    }
    return true;
  }
}
