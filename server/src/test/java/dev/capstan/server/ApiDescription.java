package dev.capstan.server;

import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import dev.capstan.api.Action;
import dev.capstan.api.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What the description of the API says beside the controllers and their records. */
@AutoConfiguration
class ApiDescription {
  private static final String TOKEN = "token";

  @Bean
  OpenAPI basis() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Capstan")
                .version("v1")
                .description(
                    "A control plane for autonomous code change. Errors are application/problem+json."))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
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
      return operation;
    };
  }

  @Bean
  OpenApiCustomizer whole() {
    return api -> {
      api.setServers(List.of(new Server().url("/")));
      ModelConverters.getInstance(true)
          .readAll(Problem.class)
          .forEach(api.getComponents()::addSchemas);
      api.getComponents().getSchemas().values().forEach(ApiDescription::requireAll);
      api.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(ApiDescription::complete);
    };
  }

  /** No field of our records is ever left out. */
  private static void requireAll(Schema<?> schema) {
    if (schema.getProperties() != null) {
      schema.setRequired(new ArrayList<>(schema.getProperties().keySet()));
    }
  }

  private static void complete(Operation operation) {
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("What was wrong, where, and what to do.")
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
    for (Parameter parameter : parameters(operation)) {
      if (parameter.getName().equals("action")) {
        parameter.setSchema(actions());
      }
    }
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
