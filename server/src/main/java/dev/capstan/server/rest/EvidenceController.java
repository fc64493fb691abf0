package dev.capstan.server.rest;

import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.RunId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.verification.attestation.PublicKeys;
import dev.capstan.worker.EvidenceBundle;
import dev.capstan.worker.Workshop;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signed statements of what runs did, and the key that they are signed with. */
@RestController
@RequestMapping("/api/v1")
public final class EvidenceController {
  private final Workshop workshop;

  public EvidenceController(Workshop workshop) {
    this.workshop = workshop;
  }

  /** As it was delivered; of a run that is not delivered, as it stands now. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/runs/{id}/evidence", produces = MediaType.APPLICATION_JSON_VALUE)
  String evidence(@PathVariable String id) throws IOException {
    RunId run = new RunId(id);
    RunStory story =
        RunStory.read(workshop.runs(), run)
            .orElseThrow(() -> ApiException.notFound("there is no run " + id));
    Optional<Artifact> delivered =
        workshop.artifacts().of(run).stream()
            .filter(artifact -> artifact.name().equals(EvidenceBundle.NAME))
            .findFirst();
    return delivered.isPresent()
        ? workshop.store().text(delivered.get().hash())
        : EvidenceBundle.of(workshop, story)
            .orElseThrow(() -> ApiException.notFound("the run has not found its base commit yet"));
  }

  /** The public key, as PEM. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
  String key() {
    return PublicKeys.pem(workshop.signer().publicKey());
  }
}
