package dev.capstan.cli.endtoend;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A receiver of OTLP over HTTP, as a tracing backend has one. */
final class SpanReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /** A span, with the service that sent it. */
  record Received(String service, Span span) {
    String trace() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    String parent() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    String attribute(String key) {
      return span.getAttributesList().stream()
          .filter(one -> one.getKey().equals(key))
          .map(one -> one.getValue().getStringValue())
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return service + ": " + span.getName();
    }
  }

  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          take(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
          byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
          exchange.close();
        });
    server.start();
  }

  private void take(ExportTraceServiceRequest request) {
    for (var resource : request.getResourceSpansList()) {
      String service =
          resource.getResource().getAttributesList().stream()
              .filter(one -> one.getKey().equals("service.name"))
              .map(one -> one.getValue().getStringValue())
              .findFirst()
              .orElse("");
      resource
          .getScopeSpansList()
          .forEach(scope ->
              scope.getSpansList().forEach(span -> received.add(new Received(service, span))));
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The traces that have a span of that name. */
  Set<String> traces(String name) {
    return received.stream()
        .filter(one -> one.span().getName().equals(name))
        .map(Received::trace)
        .collect(Collectors.toSet());
  }

  List<Received> of(String trace) {
    return received.stream().filter(one -> one.trace().equals(trace)).toList();
  }

  int count() {
    return received.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
