package dev.capstan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.models.catalog.InvalidModels;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.catalog.PriceTable;
import dev.capstan.models.wire.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogTest {
  private static ModelCatalog parse(String text) {
    return ModelCatalog.parse("models.yaml", text, Map.of("KEY", "secret-key"));
  }

  private static Model model(ModelCatalog catalog, String name) {
    return catalog
        .find(name, Protocol.CHAT_COMPLETIONS)
        .or(() -> catalog.find(name, Protocol.MESSAGES))
        .orElseThrow();
  }

  @Test
  void a_file_names_providers_and_models() {
    ModelCatalog catalog =
        parse(
            """
            providers:
              anthropic: {kind: anthropic, baseUrl: "https://api.anthropic.com/", keyVariable: KEY}
              here: {kind: ollama, baseUrl: "http://127.0.0.1:11434", requestsPerMinute: 600}
            models:
              large: {provider: anthropic, id: claude-sonnet-4-5, aliases: ["claude-*"], fallbacks: [small]}
              small: {provider: anthropic, id: claude-haiku-4-5}
              local: {provider: here, id: qwen}
            otherwise: small
            """);
    assertThat(catalog.names()).containsExactly("large", "local", "small");
    assertThat(catalog.find("claude-what", Protocol.MESSAGES).orElseThrow().name())
        .isEqualTo("large");
    assertThat(catalog.find("claude-haiku-4-5", Protocol.MESSAGES).orElseThrow().name())
        .isEqualTo("small");
    assertThat(catalog.find("anything", Protocol.MESSAGES).orElseThrow().name()).isEqualTo("small");
    assertThat(catalog.find("anything", Protocol.GEMINI)).isEmpty();
    assertThat(model(catalog, "large").price()).isPresent();
    assertThat(model(catalog, "qwen").price()).isEmpty();
    assertThat(model(catalog, "large").toString()).doesNotContain("secret-key");
  }

  @Test
  void every_mistake_is_named_at_once() {
    assertThatThrownBy(() ->
            parse(
                """
                providers:
                  one: {kind: openai, baseUrl: "ftp://x", keyVariable: NOT_SET, key: secret}
                  two: {kind: gemini, baseUrl: "https://g"}
                models:
                  a: {provider: three}
                  b: {provider: two, price: nowhere, fallbacks: [b, z], context: none}
                otherwise: c
                extra: 1
                """))
        .isInstanceOf(InvalidModels.class)
        .hasMessageContainingAll(
            "extra is unknown",
            "providers.one.key is unknown",
            "providers.one.kind must be one of",
            "providers.one.baseUrl must be a URL",
            "NOT_SET, which is not set",
            "models.a.provider must be one of",
            "models.b.price is no entry",
            "models.b.context must be a whole number",
            "\"b\" is none",
            "\"z\" is none",
            "otherwise names no model");
  }

  @Test
  void what_is_no_yaml_is_refused_with_its_line() {
    assertThatThrownBy(() -> parse("providers: [\n"))
        .isInstanceOf(InvalidModels.class)
        .hasMessageContaining("is no YAML");
    assertThat(parse("").models()).isEmpty();
  }

  @Test
  void a_table_of_ones_own_goes_before_the_one_that_comes_along(@TempDir Path folder)
      throws Exception {
    Path table = folder.resolve("prices.yaml");
    Files.writeString(
        table,
        "version: ours-1\nprices:\n  gpt-5: {input: 1, output: 2}\n  ours: {input: 0, output: 0}\n");
    ModelCatalog catalog =
        parse(
            """
            prices: %s
            providers: {o: {kind: openai-compatible, baseUrl: "https://o/v1"}}
            models: {gpt-5: {provider: o}, ours: {provider: o}, gpt-4o: {provider: o}}
            """
                .formatted(table));
    assertThat(catalog.prices()).isEqualTo(PriceTable.bundled().version() + " and ours-1");
    assertThat(model(catalog, "gpt-5").price().orElseThrow().output()).isEqualTo("2");
    assertThat(catalog.models().values()).allMatch(model -> model.price().isPresent());
  }
}
