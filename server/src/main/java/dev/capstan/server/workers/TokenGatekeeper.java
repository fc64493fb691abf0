package dev.capstan.server.workers;

import dev.capstan.control.access.AuditLog;
import dev.capstan.server.auth.Audited;
import dev.capstan.server.auth.Buckets;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.LiveTokens;
import dev.capstan.server.auth.SignIn;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who has a token of scope {@code worker}, or is an admin of the installation. What is
 * refused is measured and audited; a worker that goes on trying fills no audit.
 */
public final class TokenGatekeeper implements Gatekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(TokenGatekeeper.class);
  private static final int AUDITED_PER_MINUTE = 6;

  private final SignIn signIn;
  private final LiveTokens live;
  private final AuditLog audit;
  private final Consumer<Reason> meter;
  private final Buckets audited = new Buckets(AUDITED_PER_MINUTE);

  /** {@code meter} is told of what was refused to somebody who is known. */
  public TokenGatekeeper(SignIn signIn, LiveTokens live, AuditLog audit, Consumer<Reason> meter) {
    this.signIn = signIn;
    this.live = live;
    this.audit = audit;
    this.meter = meter;
  }

  @Override
  public Optional<Caller> find(String token) {
    return signIn.worker(token);
  }

  @Override
  public void refused(Refused refused) {
    boolean passedOver;
    if (refused.caller().isEmpty()) {
      passedOver = signIn.failed(refused.address()).isPresent();
    } else {
      meter.accept(refused.reason());
      String whose = refused.caller().get().token() + ' ' + refused.reason();
      passedOver = audited.take(whose).isPresent();
    }
    if (!passedOver) {
      write(refused);
    }
  }

  private void write(Refused refused) {
    try {
      audit.add(
          Audited.entry(
              refused.caller(),
              "gRPC " + refused.method(),
              "",
              false,
              refused.why(),
              refused.address()));
    } catch (RuntimeException outage) {
      LOG.error("the audit could not be written: {} {}", refused.method(), refused.why(), outage);
    }
  }

  @Override
  public Runnable watch(Caller caller, Runnable end) {
    return live.watch(caller, end)::close;
  }
}
