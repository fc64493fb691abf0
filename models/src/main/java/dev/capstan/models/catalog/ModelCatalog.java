package dev.capstan.models.catalog;

import dev.capstan.models.wire.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that agents may use.
 *
 * @param models by name
 * @param otherwise what a name stands for that nobody configured; empty to refuse it
 * @param prices the version of the price table
 * @param budgets what may be spent on them
 * @param replay the run whose recordings answer in the place of all providers
 */
public record ModelCatalog(
    Map<String, Model> models,
    Optional<String> otherwise,
    String prices,
    BudgetPlan budgets,
    Optional<String> replay) {
  /** None at all. */
  public static final ModelCatalog EMPTY =
      new ModelCatalog(Map.of(), Optional.empty(), "none", BudgetPlan.NONE, Optional.empty());

  public ModelCatalog {
    models = Map.copyOf(models);
  }

  /**
   * Reads {@code models.yaml}; throws {@link InvalidModels} with every mistake.
   *
   * @param file what it is called in messages
   * @param environment where the providers' keys are
   */
  public static ModelCatalog parse(String file, String text, Map<String, String> environment) {
    return CatalogFile.parse(file, text, environment);
  }

  /** What is meant by that name, for such a protocol; empty if nothing is. */
  public Optional<Model> find(String asked, Protocol protocol) {
    return models.values().stream()
        .filter(model -> model.isCalled(asked))
        .findFirst()
        .or(() -> models.values().stream().filter(model -> model.mayBeCalled(asked)).findFirst())
        .or(() -> otherwise.map(models::get))
        .filter(model -> candidates(model, protocol).findAny().isPresent());
  }

  private Stream<Model> candidates(Model model, Protocol protocol) {
    return Stream.concat(Stream.of(model), model.fallbacks().stream().map(models::get))
        .filter(each -> each.provider().kind().answers(protocol));
  }

  /** The model and those that answer in its place, as far as they speak the protocol. */
  public List<Model> chain(Model model, Protocol protocol) {
    return candidates(model, protocol).toList();
  }

  /** Every name, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>(models.keySet());
    names.sort(null);
    return names;
  }
}
