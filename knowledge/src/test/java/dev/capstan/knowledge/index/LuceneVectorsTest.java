package dev.capstan.knowledge.index;

import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store keeps the contract; its index is committed by whoever has the writer. */
final class LuceneVectorsTest extends VectorStoreContract {
  @TempDir Path folder;

  private Optional<IndexWriter> writer = Optional.empty();

  @Override
  protected VectorStore open() throws IOException {
    writer = Optional.of(new IndexWriter(FSDirectory.open(folder), new IndexWriterConfig()));
    return new LuceneVectors(writer.get(), "model");
  }

  @Override
  protected VectorStore again() throws IOException {
    close();
    return open();
  }

  @AfterEach
  void close() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
  }
}
