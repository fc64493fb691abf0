package dev.capstan.server.rest;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.Purpose;
import dev.capstan.engines.chat.ChatModel;
import dev.capstan.models.Gateway;
import dev.capstan.models.Session;
import dev.capstan.models.records.Asker;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.SecretFinder;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.server.models.GatewayTransport;
import java.util.Set;
import java.util.UUID;

/** Models that the server itself asks, through the same gateway as every attempt. */
public final class ServerModels {
  private final Gateway gateway;
  private final SecretFinder secrets;

  public ServerModels(Gateway gateway, SecretFinder secrets) {
    this.gateway = gateway;
    this.secrets = secrets;
  }

  /** For one question: what is kept back of it is put back into its answer. */
  Redaction redaction() {
    return redaction(Set.of());
  }

  /** The same, which keeps back the lines with these hashes too. */
  Redaction redaction(Set<String> withheld) {
    return new Redaction(secrets, new WithheldLines(withheld));
  }

  /**
   * Asks in the name of a run of its own, so that it is paid from the project's and the month's
   * budget.
   *
   * @param purpose the first word of that run's id
   * @param label of the prompt, for the record of the call
   */
  ChatModel model(ProjectId project, String purpose, String label, Redaction redaction) {
    RunId run = new RunId(purpose + '-' + UUID.randomUUID());
    Asker asker = new Asker(run, project, "", 0, Purpose.WORK, label);
    return new ChatModel(new GatewayTransport(gateway, new Session(asker, redaction)));
  }
}
