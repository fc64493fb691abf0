package dev.capstan.server.rest;

import dev.capstan.api.Problem;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this API is, for programs that write clients. */
@RestController
public final class DescriptionController {
  /** The description of the API in OpenAPI 3.1. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  Resource describe() {
    return new ClassPathResource("openapi.json", Problem.class);
  }
}
