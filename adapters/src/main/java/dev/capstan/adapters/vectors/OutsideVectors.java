package dev.capstan.adapters.vectors;

import dev.capstan.adapters.chroma.ChromaVectors;
import dev.capstan.adapters.http.JsonServer;
import dev.capstan.adapters.pgvector.PgvectorDatabase;
import dev.capstan.adapters.pgvector.PgvectorVectors;
import dev.capstan.adapters.qdrant.QdrantVectors;
import dev.capstan.core.Sha256;
import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorStores;
import dev.capstan.postgres.database.DatabaseAddress;
import java.net.URI;
import java.util.Map;
import java.util.function.BiFunction;

/** The stores of one server outside. */
public final class OutsideVectors implements VectorStores {
  private static final int READABLE = 40;
  private static final int HASH_DIGITS = 16;

  private final BiFunction<String, String, VectorStore> stores;
  private final Runnable end;

  private OutsideVectors(BiFunction<String, String, VectorStore> stores, Runnable end) {
    this.stores = stores;
    this.end = end;
  }

  /** Reaches nothing yet. */
  public static OutsideVectors of(VectorSettings settings) {
    String prefix = settings.prefix();
    return switch (settings.kind()) {
      case CHROMA -> {
        JsonServer server = server("Chroma", settings, "x-chroma-token");
        yield new OutsideVectors(
            (project, model) -> new ChromaVectors(server, collection(prefix, project, model)),
            server::close);
      }
      case QDRANT -> {
        JsonServer server = server("Qdrant", settings, "api-key");
        yield new OutsideVectors(
            (project, model) -> new QdrantVectors(server, collection(prefix, project, model)),
            server::close);
      }
      case PGVECTOR -> {
        Map<String, String> password =
            settings.token().isEmpty() ? Map.of() : Map.of("PGPASSWORD", settings.token());
        DatabaseAddress address = DatabaseAddress.parse(settings.url(), password);
        PgvectorDatabase database = new PgvectorDatabase(address, prefix);
        yield new OutsideVectors(
            (project, model) -> new PgvectorVectors(database, project, model), database::close);
      }
    };
  }

  private static JsonServer server(String name, VectorSettings settings, String header) {
    String token = settings.token();
    return new JsonServer(
        name, URI.create(settings.url()), token.isEmpty() ? Map.of() : Map.of(header, token));
  }

  /** A name that every server takes, and no two pairs of project and model share. */
  private static String collection(String prefix, String project, String model) {
    String readable = project.replaceAll("[^a-z0-9]+", "-");
    return prefix
        + '-'
        + readable.substring(0, Math.min(readable.length(), READABLE))
        + '-'
        + Sha256.hex(project + '\n' + model).substring(0, HASH_DIGITS);
  }

  @Override
  public VectorStore of(String project, String model) {
    return new RememberedUnits(stores.apply(project, model));
  }

  @Override
  public void close() {
    end.run();
  }
}
