package dev.capstan.server.workers;

import dev.capstan.postgres.database.CommitUnknown;
import dev.capstan.postgres.database.DatabaseFailure;
import dev.capstan.postgres.database.DatabaseUnavailable;
import io.grpc.Status;
import java.util.function.Supplier;

/**
 * Says to a worker that it should ask again, here or at another server, if the database is gone.
 */
final class DatabaseOutage {
  private DatabaseOutage() {}

  static <T> T told(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (DatabaseFailure | DatabaseUnavailable | CommitUnknown outage) {
      throw Status.UNAVAILABLE.withDescription(outage.getMessage()).asRuntimeException();
    }
  }
}
