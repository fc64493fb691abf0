package dev.capstan.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.capstan.control.access.Grants;
import dev.capstan.core.Actor;
import dev.capstan.server.auth.Caller.Basis;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * People, by the signed tokens of an OpenID Connect issuer. Its keys are fetched when they are
 * first needed, and again when a token names one that is not known. Safe for many threads.
 */
public final class People {
  /** Begins the id of a token that an issuer has given; it is not kept here. */
  private static final String TOKEN = "oidc:";

  private static final Logger LOG = LoggerFactory.getLogger(People.class);

  /** Signatures by a private key of the issuer: never {@code none}, never by a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  /** A person's name, in events and in grants. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");

  /** The name of a group, in grants. */
  public static final Pattern GROUP = Pattern.compile("[^\\p{Cntrl}]{1,200}");

  /** Before the issuer's own id of somebody, in grants: unlike a name, it never changes. */
  public static final String SUBJECT = "sub:";

  private static final Duration KEYS_ARE_GOOD_FOR = Duration.ofMinutes(5);
  private static final int BETWEEN_FETCHES_MILLIS = 1_000;
  private static final int PATIENCE_MILLIS = 3_000;
  private static final int LARGEST = 256 << 10;
  private static final int SKEW_SECONDS = 60;

  private final OidcSettings settings;
  private final List<ConfiguredGrant> configured;
  private final Grants kept;
  private @Nullable JWTProcessor<SecurityContext> processor;

  /** {@code kept} are the grants beside those of the settings. */
  public People(OidcSettings settings, Grants kept) {
    this.settings = settings;
    this.configured = settings.parsed();
    this.kept = kept;
  }

  /** Whoever a token of the issuer names, if it is good, in each role that is granted to them. */
  List<Caller> callers(String token) {
    try {
      return callers(processor().process(token, null));
    } catch (BadJOSEException | ParseException refused) {
      LOG.debug("a token of a person was refused: {}", refused.getMessage());
      return List.of();
    } catch (JOSEException | IOException outage) {
      LOG.warn("tokens of {} cannot be judged: {}", settings.issuer(), outage.getMessage());
      return List.of();
    }
  }

  private List<Caller> callers(JWTClaimsSet claims) throws ParseException {
    Set<String> groups = groups(claims.getClaim(settings.groupsClaim()));
    String subject = String.valueOf(claims.getSubject());
    String name = Optional.ofNullable(claims.getStringClaim(settings.nameClaim())).orElse(subject);
    if (!NAME.matcher(name).matches() || Caller.RESERVED.contains(name)) {
      LOG.warn("somebody's {} cannot name them in events", settings.nameClaim());
      return List.of();
    }
    Actor actor = new Actor(name);
    Instant until = claims.getExpirationTime().toInstant().plusSeconds(SKEW_SECONDS);
    return Stream.concat(
            configured.stream()
                .filter(grant -> groups.contains(grant.group()))
                .map(one ->
                    new Caller(
                        actor,
                        TOKEN + subject,
                        one.scope(),
                        one.access(),
                        new Basis.Configured(until))),
            kept.held(Set.of(name, SUBJECT + subject), groups).stream()
                .map(one ->
                    new Caller(
                        actor,
                        TOKEN + subject,
                        one.scope(),
                        one.access(),
                        new Basis.Kept(one.id(), until))))
        .toList();
  }

  /** Names that no grant could have are passed over. */
  private static Set<String> groups(@Nullable Object given) {
    List<?> groups =
        given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
    return groups.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(GROUP.asMatchPredicate())
        .collect(Collectors.toSet());
  }

  private synchronized JWTProcessor<SecurityContext> processor() throws IOException {
    JWTProcessor<SecurityContext> known = processor;
    if (known == null) {
      known = discover();
      processor = known;
    }
    return known;
  }

  private JWTProcessor<SecurityContext> discover() throws IOException {
    var retriever = new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST);
    URL address =
        URI.create(settings.issuer().replaceAll("/+$", "") + "/.well-known/openid-configuration")
            .toURL();
    JsonNode found = JsonMapper.shared().readTree(retriever.retrieveResource(address).getContent());
    String keys = found.path("jwks_uri").asString("");
    if (!found.path("issuer").asString("").equals(settings.issuer())
        || !OidcSettings.isIssuer(keys)) {
      throw new IOException(address + " is not the description of " + settings.issuer());
    }
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(URI.create(keys).toURL(), retriever)
            .cache(KEYS_ARE_GOOD_FOR.toMillis(), PATIENCE_MILLIS)
            .refreshAheadCache(false)
            .rateLimited(BETWEEN_FETCHES_MILLIS)
            .retrying(true)
            .build();
    return processor(source);
  }

  private JWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys) {
    var judge = new DefaultJWTProcessor<SecurityContext>();
    judge.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    judge.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            Set.of(settings.clientId()),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp"),
            Set.of());
    claims.setMaxClockSkew(SKEW_SECONDS);
    judge.setJWTClaimsSetVerifier(claims);
    return judge;
  }
}
