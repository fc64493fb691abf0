package dev.capstan.adapters.pgvector;

import dev.capstan.knowledge.vectors.Among;
import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vectors of one project and model in PostgreSQL. All of them are compared, so the neighbours
 * are the true ones under any filter. {@link #units} asks the database each time.
 */
public final class PgvectorVectors implements VectorStore {
  private static final int BATCH = 200;

  private final PgvectorDatabase database;
  private final String project;
  private final String model;

  /** The database stays the caller's to close. */
  public PgvectorVectors(PgvectorDatabase database, String project, String model) {
    this.database = database;
    this.project = project;
    this.model = model;
  }

  /** Prepares a statement whose first two parameters are the project and the model. */
  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.formatted(database.table()));
    statement.setString(1, project);
    statement.setString(2, model);
    return statement;
  }

  @Override
  public Set<String> units() {
    return database.transaction(connection -> {
      try (PreparedStatement statement =
              prepare(
                  connection, "select unit from %s where project = ? and model = ? and piece = 0");
          ResultSet rows = statement.executeQuery()) {
        Set<String> units = new HashSet<>();
        while (rows.next()) {
          units.add(rows.getString(1));
        }
        return units;
      }
    });
  }

  @Override
  public Map<String, Vector> known(Collection<String> hashes) {
    return database.transaction(connection -> {
      try (PreparedStatement statement =
          prepare(
              connection,
              """
              select distinct on (hash) hash, embedding::real[]
              from %s
              where project = ? and model = ? and hash = any(?)
              order by hash
              """)) {
        statement.setArray(3, connection.createArrayOf("text", hashes.toArray()));
        Map<String, Vector> known = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            known.put(rows.getString(1), vector((Float[]) rows.getArray(2).getArray()));
          }
        }
        return known;
      }
    });
  }

  private static Vector vector(Float[] parts) {
    float[] vector = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      vector[i] = parts[i];
    }
    return Vector.of(vector);
  }

  @Override
  public void put(Map<String, List<Piece>> units) {
    database.transaction(connection -> {
      try (PreparedStatement statement =
          prepare(
              connection,
              """
              insert into %s (project, model, unit, piece, path, line, hash, embedding)
              values (?, ?, ?, ?, ?, ?, ?, ?::vector)
              on conflict do nothing
              """)) {
        int waiting = 0;
        for (Map.Entry<String, List<Piece>> unit : units.entrySet()) {
          for (int i = 0; i < unit.getValue().size(); i++) {
            add(statement, unit.getKey(), i, unit.getValue().get(i));
            if (++waiting % BATCH == 0) {
              statement.executeBatch();
            }
          }
        }
        return statement.executeBatch();
      }
    });
  }

  private static void add(PreparedStatement statement, String unit, int number, Piece piece)
      throws SQLException {
    statement.setString(3, unit);
    statement.setInt(4, number);
    statement.setString(5, piece.path());
    statement.setInt(6, piece.firstLine());
    statement.setString(7, piece.hash());
    statement.setString(8, Arrays.toString(piece.vector().parts()));
    statement.addBatch();
  }

  @Override
  public void remove(Collection<String> units) {
    database.transaction(connection -> {
      try (PreparedStatement statement =
          prepare(connection, "delete from %s where project = ? and model = ? and unit = any(?)")) {
        statement.setArray(3, connection.createArrayOf("text", units.toArray()));
        return statement.executeUpdate();
      }
    });
  }

  @Override
  public List<Near> nearest(Vector target, Among among, int most) {
    return switch (among) {
      case Among.Only(var only) -> nearest(target, "unit = any(?)", only, most);
      case Among.Except(var except) -> nearest(target, "unit <> all(?)", except, most);
    };
  }

  private List<Near> nearest(Vector target, String filter, Set<String> units, int most) {
    String sql =
        """
        select path, line, embedding <=> asked.target as distance
        from %%s join (select ?, ?, ?::vector) as asked (project, model, target)
          using (project, model)
        where %s
        order by distance, path, line
        limit ?
        """
            .formatted(filter);
    return database.transaction(connection -> {
      try (PreparedStatement statement = prepare(connection, sql)) {
        statement.setString(3, Arrays.toString(target.parts()));
        statement.setArray(4, connection.createArrayOf("text", units.toArray()));
        statement.setInt(5, most);
        List<Near> near = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            near.add(new Near(rows.getString(1), rows.getInt(2), 1 - rows.getDouble(3)));
          }
        }
        return near;
      }
    });
  }

  @Override
  public void close() {}
}
