package dev.capstan.models.upstream;

import dev.capstan.models.catalog.Model;
import dev.capstan.models.catalog.Provider;
import dev.capstan.models.catalog.ProviderKind;
import dev.capstan.models.wire.EventReader;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.ServerEvent;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Providers over HTTP. */
public final class HttpProvision implements Provision, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int LARGEST = 64 << 20;
  private static final int LONGEST_ERROR = 64 << 10;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final Duration answer;

  public HttpProvision(Patience patience) {
    this.answer = patience.answer();
  }

  @Override
  public Try ask(
      Model model, Question question, ObjectNode body, Map<String, String> headers, Ending ending)
      throws InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> asked =
        client.sendAsync(request(model, question, body, headers), BodyHandlers.ofInputStream());
    ending.by(() -> asked.cancel(true));
    try {
      return read(question, asked.get(), ending);
    } catch (ExecutionException failure) {
      return failed("cannot be reached: " + cause(failure));
    } catch (CancellationException _) {
      return failed("was cut off");
    } catch (IOException failure) {
      return failed("broke off: " + failure.getMessage());
    }
  }

  private static String cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.toString() : cause.toString();
  }

  private static Try.Failed failed(String why) {
    return new Try.Failed(why, Optional.empty());
  }

  private HttpRequest request(
      Model model, Question question, ObjectNode body, Map<String, String> headers) {
    Wire wire = question.wire();
    Provider provider = model.provider();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(provider, wire.path(question, model.id())))
            .timeout(answer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.JSON.writeValueAsBytes(body)));
    headers.forEach(request::setHeader);
    provider.key().ifPresent(key -> wire.credentials(key).forEach(request::setHeader));
    return request.build();
  }

  /** Ollama has OpenAI's protocol below a path of its own, which its users do not write. */
  private static URI address(Provider provider, String path) {
    String version = provider.kind() == ProviderKind.OLLAMA ? "/v1" : "";
    return URI.create(provider.baseUrl() + version + path);
  }

  private static Try read(Question question, HttpResponse<InputStream> response, Ending ending)
      throws IOException {
    InputStream in = response.body();
    ending.by(() -> close(in));
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return question.streams() ? begun(in) : whole(in);
    }
    String text = new String(in.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
    close(in);
    boolean later = status == 429 || status == 408 || status >= 500;
    boolean ours = status == 401 || status == 403;
    if (later) {
      return new Try.Failed("answered " + status, retryAfter(response.headers()));
    }
    return ours
        ? new Try.Rejected(502, "the provider did not accept its key (" + status + ")")
        : new Try.Rejected(status, text);
  }

  /** Nothing is passed on before the first event makes sense. */
  private static Try begun(InputStream in) throws IOException {
    EventReader events = new EventReader(in);
    while (true) {
      Optional<ServerEvent> first = events.next();
      if (first.isEmpty()) {
        close(in);
        return failed("answered with an empty stream");
      }
      if (!first.get().saysNothing()) {
        if (first.get().json().isPresent()) {
          return new Try.Streams(new Stream(first, events, in));
        }
        close(in);
        return failed("answered with what is no event of its protocol");
      }
    }
  }

  private static Try whole(InputStream in) throws IOException {
    try (in) {
      byte[] content = in.readNBytes(LARGEST);
      String text = new String(content, StandardCharsets.UTF_8);
      boolean sound = content.length < LARGEST && Wire.JSON.readTree(text).isObject();
      return sound ? new Try.Whole(text) : failed("answered with what is no JSON object");
    } catch (JacksonException _) {
      return failed("answered with what is no JSON");
    }
  }

  /** As seconds, or as a time, which is compared with what the provider itself says is now. */
  static Optional<Duration> retryAfter(HttpHeaders headers) {
    Optional<String> given = headers.firstValue("retry-after");
    return given
        .filter(text -> text.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .or(() ->
            given
                .flatMap(HttpProvision::time)
                .flatMap(then ->
                    headers
                        .firstValue("date")
                        .flatMap(HttpProvision::time)
                        .map(now -> Duration.between(now, then)))
                .filter(pause -> !pause.isNegative()));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException _) {
      // It is as good as closed.
    }
  }

  /** Not for several threads, but for its end. */
  private static final class Stream implements Try.Streaming {
    private final EventReader events;
    private final InputStream in;
    private Optional<ServerEvent> first;

    Stream(Optional<ServerEvent> first, EventReader events, InputStream in) {
      this.first = first;
      this.events = events;
      this.in = in;
    }

    @Override
    public Optional<ServerEvent> next() throws IOException {
      Optional<ServerEvent> next = first.isPresent() ? first : events.next();
      first = Optional.empty();
      return next;
    }

    @Override
    public void close() {
      HttpProvision.close(in);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
