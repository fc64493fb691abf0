package dev.capstan.server;

import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import dev.capstan.api.Action;
import dev.capstan.api.Problem;
import dev.capstan.server.auth.Allowed;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;

/** What the description of the API says beside the controllers and their records. */
@AutoConfiguration
class ApiDescription {
  /** The scheme of bearer tokens; its role is the least scope that is needed. */
  static final String TOKEN = "token";

  private static final Map<String, String> SIGNED =
      Map.of(
          "/api/v1/webhooks/github", "X-Hub-Signature-256",
          "/api/v1/webhooks/gitlab", "X-Gitlab-Token");

  @Bean
  OpenAPI basis() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Capstan")
                .version("v1")
                .description(
                    "A control plane for autonomous code change. Errors are application/problem+json."))
        .components(components())
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  private static Components components() {
    Components components =
        new Components()
            .addSecuritySchemes(
                TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
            .addResponses("Unauthenticated", problem("Nobody that is known asks."))
            .addResponses(
                "Forbidden",
                problem("Whoever asks may not do this; the detail says which scope may."))
            .addResponses("NotFound", problem("It is not there, or belongs to others."))
            .addResponses("Problem", problem("What was wrong, where, and what to do."));
    SIGNED
        .values()
        .forEach(header ->
            components.addSecuritySchemes(
                header,
                new SecurityScheme()
                    .type(SecurityScheme.Type.APIKEY)
                    .in(SecurityScheme.In.HEADER)
                    .name(header)));
    return components;
  }

  @Bean
  OperationCustomizer names() {
    return (operation, method) -> {
      String controller = method.getBeanType().getSimpleName().replace("Controller", "");
      operation.setOperationId(controller + '.' + method.getMethod().getName());
      operation.setSummary(
          RuntimeJavadoc.getJavadoc(method.getMethod())
              .getComment()
              .toString()
              .split("(?<=[.;])\\s", 2)[0]);
      PostMapping post = method.getMethodAnnotation(PostMapping.class);
      if (post != null && operation.getRequestBody() == null) {
        operation.setRequestBody(bytes(post.consumes()));
      }
      Allowed rule = method.getMethodAnnotation(Allowed.class);
      operation.setSecurity(
          rule == null
              ? List.of()
              : List.of(new SecurityRequirement().addList(TOKEN, rule.value().word())));
      return operation;
    };
  }

  /** A body that the handler reads for itself. */
  private static @Nullable RequestBody bytes(String... types) {
    if (types.length == 0) {
      return null;
    }
    Content content = new Content();
    for (String type : types) {
      content.addMediaType(type, new MediaType());
    }
    return new RequestBody().content(content).required(true);
  }

  @Bean
  OpenApiCustomizer whole() {
    return api -> {
      api.setServers(List.of(new Server().url("/")));
      ModelConverters.getInstance(true)
          .readAll(Problem.class)
          .forEach(api.getComponents()::addSchemas);
      api.getComponents().getSchemas().values().forEach(ApiDescription::requireAll);
      api.getPaths()
          .forEach((path, item) ->
              item.readOperations().forEach(operation -> complete(path, operation)));
    };
  }

  /** No field of our records is ever left out. */
  private static void requireAll(Schema<?> schema) {
    if (schema.getProperties() != null) {
      schema.setRequired(new ArrayList<>(schema.getProperties().keySet()));
    }
  }

  private static void complete(String path, Operation operation) {
    if (SIGNED.containsKey(path)) {
      operation.setSecurity(
          List.of(new SecurityRequirement().addList(SIGNED.getOrDefault(path, ""))));
      operation.addParametersItem(
          new QueryParameter()
              .name("organisation")
              .description("Whose secret it is signed with; the installation's without it.")
              .schema(new StringSchema()));
    }
    if (operation.getSecurity() == null) {
      operation.setSecurity(List.of());
    }
    boolean open = operation.getSecurity().isEmpty();
    if (!open) {
      answer(operation, "401", "Unauthenticated");
    }
    if (!open && !SIGNED.containsKey(path)) {
      answer(operation, "403", "Forbidden");
    }
    if (!open && (path.contains("{") || namesProject(operation))) {
      answer(operation, "404", "NotFound");
    }
    answer(operation, "default", "Problem");
    for (Parameter parameter : parameters(operation)) {
      if (parameter.getName().equals("action")) {
        parameter.setSchema(actions());
      }
    }
  }

  private static void answer(Operation operation, String status, String named) {
    operation
        .getResponses()
        .addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + named));
  }

  private static ApiResponse problem(String description) {
    Schema<?> schema = new Schema<>().$ref("#/components/schemas/Problem");
    return new ApiResponse()
        .description(description)
        .content(
            new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
  }

  private static boolean namesProject(Operation operation) {
    return parameters(operation).stream().anyMatch(one -> one.getName().equals("project"));
  }

  private static List<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? List.of() : operation.getParameters();
  }

  private static Schema<Object> actions() {
    Schema<Object> schema = new Schema<>();
    schema.addType("string");
    schema.setEnum(Arrays.stream(Action.values()).<Object>map(Action::path).toList());
    return schema;
  }
}
