package dev.capstan.server.rest;

import dev.capstan.control.access.Scope;
import dev.capstan.core.ContentHash;
import dev.capstan.server.auth.Allowed;
import dev.capstan.workspace.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Artifacts by the hash of their content. */
@RestController
@RequestMapping("/api/v1/artifacts")
public final class ArtifactController {
  private final ArtifactStore store;

  public ArtifactController(ArtifactStore store) {
    this.store = store;
  }

  /** Keeps the body; answers with its hash. */
  @Allowed(Scope.OPERATOR)
  @PostMapping(
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
      produces = MediaType.TEXT_PLAIN_VALUE)
  String upload(InputStream body) throws IOException {
    return store.keep(body).value();
  }

  /** The bytes of an artifact. */
  @Allowed(Scope.READER)
  @GetMapping("/{hash}")
  ResponseEntity<InputStreamResource> download(@PathVariable String hash) throws IOException {
    ContentHash artifact = new ContentHash(hash);
    if (!store.holds(artifact)) {
      throw ApiException.notFound("there is no artifact " + hash);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body(new InputStreamResource(store.open(artifact)));
  }
}
