package dev.capstan.models.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code models.yaml}. */
final class CatalogFile {
  private static final int REQUESTS_PER_MINUTE = 50;
  private static final int USUAL_CONTEXT = 128_000;

  private final Mistakes mistakes;
  private final Map<String, String> environment;
  private final Map<String, Provider> providers = new HashMap<>();
  private final Map<String, Model> models = new HashMap<>();

  private boolean keysNeeded = true;

  private CatalogFile(Mistakes mistakes, Map<String, String> environment) {
    this.mistakes = mistakes;
    this.environment = environment;
  }

  static ModelCatalog parse(String file, String text, Map<String, String> environment) {
    Mistakes mistakes = new Mistakes(file);
    ModelCatalog catalog = new CatalogFile(mistakes, environment).catalog(text);
    mistakes.throwIfAny();
    return catalog;
  }

  private ModelCatalog catalog(String text) {
    JsonNode root = mistakes.read(text);
    mistakes.known("", root, "providers", "models", "otherwise", "prices", "budgets", "replay");
    keysNeeded = !root.has("replay");
    PriceTable prices = prices(root);
    JsonNode given = root.path("providers");
    for (String name : given.propertyNames()) {
      provider(name, given.path(name));
    }
    JsonNode wanted = root.path("models");
    for (String name : wanted.propertyNames()) {
      model(name, wanted.path(name), prices);
    }
    models.values().forEach(this::checkFallbacks);
    Optional<String> otherwise = mistakes.text("", root, "otherwise");
    otherwise
        .filter(name -> !models.containsKey(name))
        .ifPresent(name -> mistakes.add("otherwise", "names no model: \"" + name + '"'));
    return new ModelCatalog(
        models,
        otherwise,
        prices.version(),
        BudgetPlan.read(root.path("budgets"), mistakes),
        mistakes.text("", root, "replay"));
  }

  private PriceTable prices(JsonNode root) {
    PriceTable bundled = PriceTable.bundled();
    Optional<String> own = mistakes.text("", root, "prices");
    if (own.isEmpty()) {
      return bundled;
    }
    try {
      return bundled.with(PriceTables.read(Files.readString(Path.of(own.get())), mistakes));
    } catch (IOException | IllegalArgumentException unreadable) {
      mistakes.add("prices", "must be a file that can be read: " + unreadable.getMessage());
      return bundled;
    }
  }

  private void provider(String name, JsonNode node) {
    String place = "providers." + name + '.';
    mistakes.known(place, node, "kind", "baseUrl", "keyVariable", "requestsPerMinute", "cache");
    Optional<ProviderKind> kind = mistakes.text(place, node, "kind").flatMap(ProviderKind::of);
    if (kind.isEmpty()) {
      mistakes.add(place + "kind", "must be one of openai-compatible, anthropic, gemini, ollama");
    }
    Optional<URI> baseUrl = mistakes.text(place, node, "baseUrl").flatMap(CatalogFile::url);
    if (baseUrl.isEmpty()) {
      mistakes.add(place + "baseUrl", "must be a URL that begins with http:// or https://");
    }
    Optional<String> variable = mistakes.text(place, node, "keyVariable");
    variable
        .filter(named -> keysNeeded && environment.getOrDefault(named, "").isBlank())
        .ifPresent(
            named -> mistakes.add(place + "keyVariable", "names " + named + ", which is not set"));
    if (kind.isPresent() && baseUrl.isPresent()) {
      providers.put(
          name,
          new Provider(
              name,
              kind.get(),
              baseUrl.get(),
              variable.map(environment::get),
              (int) mistakes.number(place, node, "requestsPerMinute", REQUESTS_PER_MINUTE),
              mistakes.flag(place, node, "cache", true)));
    }
  }

  private static Optional<URI> url(String given) {
    try {
      URI url = URI.create(given.replaceFirst("/+$", ""));
      boolean good =
          url.getHost() != null
              && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
              && url.getUserInfo() == null
              && url.getQuery() == null;
      return good ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private void model(String name, JsonNode node, PriceTable prices) {
    String place = "models." + name + '.';
    mistakes.known(place, node, "provider", "id", "aliases", "price", "context", "fallbacks");
    Optional<String> at = mistakes.text(place, node, "provider");
    Optional<Provider> provider = at.map(providers::get);
    if (provider.isEmpty()) {
      mistakes.add(
          place + "provider",
          "must be one of the providers above: " + String.join(", ", providers.keySet()));
      return;
    }
    String id = mistakes.text(place, node, "id").orElse(name);
    models.put(
        name,
        new Model(
            name,
            provider.get(),
            id,
            mistakes.texts(place, node, "aliases"),
            price(place, node, id, prices),
            mistakes.number(place, node, "context", USUAL_CONTEXT),
            mistakes.texts(place, node, "fallbacks")));
  }

  private Optional<Price> price(String place, JsonNode node, String id, PriceTable prices) {
    JsonNode price = node.path("price");
    if (price.isObject()) {
      return Optional.of(PriceTables.price(place + "price", price, mistakes));
    }
    Optional<String> entry = mistakes.text(place, node, "price");
    entry
        .filter(named -> prices.of(named).isEmpty())
        .ifPresent(named ->
            mistakes.add(place + "price", "is no entry of the price table: \"" + named + '"'));
    return prices.of(entry.orElse(id));
  }

  private void checkFallbacks(Model model) {
    model.fallbacks().stream()
        .filter(name -> !models.containsKey(name) || name.equals(model.name()))
        .forEach(name ->
            mistakes.add(
                "models." + model.name() + ".fallbacks",
                "must be other models; \"" + name + "\" is none"));
  }
}
