package dev.capstan.models.cache;

import dev.capstan.core.ProjectId;
import dev.capstan.core.Sha256;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.wire.Question;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What two questions have in common that have the same answer.
 *
 * @param project within which it is used again; never in another one
 * @param hash of all else
 */
public record CacheKey(ProjectId project, String hash) {
  /**
   * The key of a question.
   *
   * @param promptHash of the body as it is sent
   * @param files hashes of files that the answer rests on beside the prompt, in any order
   * @param headers that are passed on to the provider
   */
  public static CacheKey of(
      ProjectId project,
      Model model,
      Question question,
      String promptHash,
      List<String> files,
      Map<String, String> headers) {
    List<String> parts =
        List.of(
            model.provider().name(),
            model.provider().baseUrl().toString(),
            model.id(),
            question.wire().protocol().word(),
            String.valueOf(question.streams()),
            question.suffix(),
            new TreeMap<>(headers).toString(),
            files.stream().sorted().distinct().toList().toString(),
            promptHash);
    return new CacheKey(project, Sha256.hex(String.join("\n", parts)));
  }
}
