package dev.capstan.control.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.policy.Value;
import dev.capstan.core.run.Beginning;
import dev.capstan.core.run.Lane;
import dev.capstan.core.run.Reached;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.StepState;
import dev.capstan.core.run.Timer;
import dev.capstan.core.run.Tries;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/**
 * How values of the core are written as JSON. The core itself knows nothing of it: identities are
 * plain strings, and each case of a sealed type has an explicit name in {@code type}, so renaming a
 * class changes no stored byte.
 */
final class Json {
  private Json() {}

  /** Marks a sealed type whose case is told by the property {@code type}. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Tagged {}

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .changeDefaultVisibility(all ->
                all.withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addModule(identities());
    tag(builder, Run.class, RUNS);
    tag(builder, Run.Outcome.class, OUTCOMES);
    tag(builder, StepState.class, STEP_STATES);
    tag(builder, Lane.class, LANES);
    tag(builder, Barrier.class, BARRIERS);
    tag(builder, Patience.class, PATIENCE);
    tag(builder, Timer.class, TIMERS);
    tag(builder, Response.class, RESPONSES);
    tag(builder, Confidence.class, CONFIDENCES);
    tag(builder, Confidence.Calibration.class, CALIBRATIONS);
    tag(builder, Value.class, VALUES);
    tag(builder, Tries.Last.class, LASTS);
    tag(builder, Beginning.class, BEGINNINGS);
    tag(builder, Reached.class, REACHED);
    tag(builder, Injection.Place.class, PLACES);
    return builder.build();
  }

  private static final Map<String, Class<?>> RUNS =
      Map.of(
          "absent", Run.Absent.class,
          "pending", Run.Pending.class,
          "preparing", Run.Preparing.class,
          "measuring", Run.Measuring.class,
          "planned", Run.Planned.class,
          "working", Run.Working.class,
          "delivering", Run.Delivering.class,
          "paused", Run.Paused.class,
          "blocked", Run.Blocked.class,
          "ended", Run.Ended.class);

  private static final Map<String, Class<?>> OUTCOMES =
      Map.of(
          "delivered", Run.Outcome.Delivered.class,
          "nothing-to-deliver", Run.Outcome.NothingToDeliver.class,
          "failed", Run.Outcome.Failed.class,
          "cancelled", Run.Outcome.Cancelled.class);

  private static final Map<String, Class<?>> STEP_STATES =
      Map.ofEntries(
          Map.entry("pending", StepState.Pending.class),
          Map.entry("executing", StepState.Executing.class),
          Map.entry("verifying", StepState.Verifying.class),
          Map.entry("verified", StepState.Verified.class),
          Map.entry("needs-qa", StepState.NeedsQa.class),
          Map.entry("completed", StepState.Completed.class),
          Map.entry("skipped", StepState.Skipped.class),
          Map.entry("blocked", StepState.Blocked.class),
          Map.entry("asking", StepState.Asking.class),
          Map.entry("failed", StepState.Failed.class),
          Map.entry("cancelled", StepState.Cancelled.class));

  private static final Map<String, Class<?>> LANES =
      Map.of(
          "free", Lane.Free.class,
          "integrating", Lane.Integrating.class,
          "verifying-tip", Lane.VerifyingTip.class,
          "tip-held", Lane.TipHeld.class);

  private static final Map<String, Class<?>> BARRIERS =
      Map.of("all", Barrier.All.class, "at-least", Barrier.AtLeast.class);

  private static final Map<String, Class<?>> PATIENCE =
      Map.of("unlimited", Patience.Unlimited.class, "at-most", Patience.AtMost.class);

  private static final Map<String, Class<?>> TIMERS =
      Map.of("run-limit", Timer.RunLimit.class, "barrier-limit", Timer.BarrierLimit.class);

  private static final Map<String, Class<?>> RESPONSES =
      Map.of(
          "ignore", Response.Ignore.class,
          "retry", Response.Retry.class,
          "fix", Response.Fix.class,
          "escalate", Response.Escalate.class,
          "block", Response.Block.class);

  private static final Map<String, Class<?>> CONFIDENCES =
      Map.of(
          "not-scored", Confidence.NotScored.class,
          "scored", Confidence.Scored.class);

  private static final Map<String, Class<?>> CALIBRATIONS =
      Map.of(
          "uncalibrated", Confidence.Calibration.Uncalibrated.class,
          "calibrated", Confidence.Calibration.Calibrated.class);

  private static final Map<String, Class<?>> VALUES =
      Map.of(
          "quantity", Value.Quantity.class,
          "names", Value.Names.class,
          "word", Value.Word.class,
          "actions", Value.Actions.class);

  private static final Map<String, Class<?>> PLACES =
      Map.of(
          "by-priority", Injection.Place.ByPriority.class,
          "before", Injection.Place.Before.class,
          "after", Injection.Place.After.class,
          "instead-of-the-rest", Injection.Place.InsteadOfTheRest.class);

  private static final Map<String, Class<?>> LASTS =
      Map.of("nothing", Tries.Last.Nothing.class, "failed", Tries.Last.Failed.class);

  private static final Map<String, Class<?>> BEGINNINGS =
      Map.of("fresh", Beginning.Fresh.class, "left", Beginning.Left.class);

  private static final Map<String, Class<?>> REACHED =
      Map.of("nothing", Reached.Nothing.class, "work", Reached.Work.class);

  /** Lenient in nothing: an unknown or missing property means that the codec is out of step. */
  static final JsonMapper MAPPER = mapper();

  /** Reads what any version has written. */
  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (MismatchedInputException older) {
      JsonNode tree = MAPPER.readTree(json);
      if (!Additions.complete(tree)) {
        throw older;
      }
      return MAPPER.treeToValue(tree, type);
    }
  }

  private static void tag(
      JsonMapper.Builder builder, Class<?> sealed, Map<String, Class<?>> cases) {
    builder.addMixIn(sealed, Tagged.class);
    cases.forEach((name, type) -> builder.registerSubtypes(new NamedType(type, name)));
  }

  private static SimpleModule identities() {
    SimpleModule module = new SimpleModule("identities");
    asText(module, RunId.class, RunId::value, RunId::new);
    asText(module, StepId.class, StepId::value, StepId::new);
    asText(module, ProjectId.class, ProjectId::value, ProjectId::new);
    asText(module, CommitId.class, CommitId::value, CommitId::new);
    asText(module, ContentHash.class, ContentHash::value, ContentHash::new);
    asText(module, Actor.class, Actor::name, Actor::new);
    return module;
  }

  private static <T> void asText(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new TextSerializer<>(write));
    module.addKeySerializer(type, new TextKeySerializer<>(write));
    module.addDeserializer(type, new TextDeserializer<>(read));
    module.addKeyDeserializer(type, new TextKeyDeserializer<>(read));
  }

  private static final class TextSerializer<T> extends ValueSerializer<T> {
    private final Function<T, String> write;

    TextSerializer(Function<T, String> write) {
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context)
        throws JacksonException {
      out.writeString(write.apply(value));
    }
  }

  private static final class TextKeySerializer<T> extends ValueSerializer<T> {
    private final Function<T, String> write;

    TextKeySerializer(Function<T, String> write) {
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context)
        throws JacksonException {
      out.writeName(write.apply(value));
    }
  }

  private static final class TextDeserializer<T> extends ValueDeserializer<T> {
    private final Function<String, T> read;

    TextDeserializer(Function<String, T> read) {
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws JacksonException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        context.reportInputMismatch(this, "an identity is a text");
      }
      return read.apply(in.getString());
    }
  }

  private static final class TextKeyDeserializer<T> extends KeyDeserializer {
    private final Function<String, T> read;

    TextKeyDeserializer(Function<String, T> read) {
      this.read = read;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context)
        throws JacksonException {
      return read.apply(key);
    }
  }
}
