package dev.capstan.models;

import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.util.Optional;

/**
 * What agents ask beside, answered without a provider: what models there are, how long a text is.
 */
final class SideQuestions {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private SideQuestions() {}

  static void answer(ModelRequest request, ModelCatalog catalog, ModelAnswer answer)
      throws IOException {
    String path = request.path();
    int tokens = request.body().length() / CHARACTERS_PER_TOKEN + 1;
    if (path.endsWith("/count_tokens")) {
      answer.whole(200, "{\"input_tokens\":" + tokens + '}', Optional.empty());
    } else if (path.endsWith(":countTokens")) {
      answer.whole(200, "{\"totalTokens\":" + tokens + '}', Optional.empty());
    } else if (request.method().equals("GET") && path.endsWith("/models")) {
      answer.whole(200, Wire.models(catalog.names()), Optional.empty());
    } else if (request.method().equals("HEAD") && path.equals("/")) {
      answer.whole(200, "", Optional.empty());
    } else {
      String message = request.method() + ' ' + path + " is none of the protocols spoken here";
      answer.whole(
          404, Wire.ALL.getFirst().error(404, "not_found_error", message), Optional.empty());
    }
  }
}
