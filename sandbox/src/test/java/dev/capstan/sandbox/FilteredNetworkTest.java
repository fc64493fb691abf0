package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilteredNetworkTest {
  @TempDir Path folder;
  private Fence fence;
  private HttpServer server;
  private int port;
  private final List<String> hosts = new CopyOnWriteArrayList<>();

  @BeforeEach
  void set_up() throws IOException {
    fence = new Fence(folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 5);
    server.createContext(
        "/",
        exchange -> {
          hosts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
          byte[] body = ("got " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    port = server.getAddress().getPort();
    allow("127.0.0.1:" + port);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void an_allowed_host_answers_a_plain_request() {
    fetch("http://127.0.0.1:" + port + "/a?b=c");

    assertThat(fence.out).containsExactly("got /a?b=c");
    assertThat(hosts).containsExactly("127.0.0.1:" + port);
  }

  @Test
  void an_allowed_host_answers_through_a_tunnel() {
    talk("CONNECT 127.0.0.1:" + port + " HTTP/1.1\\r\\n\\r\\n", "GET /t HTTP/1.0\\r\\n\\r\\n");

    assertThat(fence.out).anyMatch(line -> line.contains("200 OK")).contains("got /t");
  }

  @Test
  void a_host_that_is_not_on_the_list_is_refused_and_named() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      fetch("http://127.0.0.1:" + other.getLocalPort() + "/");

      assertThat(fence.out).containsExactly("refused 403");
      assertThat(fence.err)
          .contains(
              "refused the way out: 127.0.0.1:"
                  + other.getLocalPort()
                  + " is not on the list of allowed hosts");
    }
  }

  @Test
  void past_the_proxy_there_is_no_way() {
    fence.python(
        """
        import socket
        for place in (('127.0.0.1', %d), ('192.0.2.1', 80), ('10.255.255.53', 53)):
            try:
                socket.create_connection(place, 2)
                print('connected')
            except OSError:
                print('closed')
        try:
            socket.getaddrinfo('example.org', 80)
            print('resolved')
        except OSError:
            print('no name')
        """
            .formatted(port));

    assertThat(fence.out).containsExactly("closed", "closed", "closed", "no name");
  }

  @Test
  void a_name_that_leads_to_this_machine_is_refused_unless_it_says_so() {
    InetAddress own = InetAddress.ofLiteral("127.0.0.1");

    assertThat(AllowList.isReachable("mirror.example.org", own)).isFalse();
    assertThat(
            AllowList.isReachable("mirror.example.org", InetAddress.ofLiteral("169.254.169.254")))
        .isFalse();
    assertThat(AllowList.isReachable("127.0.0.1", own)).isTrue();
    assertThat(AllowList.isReachable("mirror.example.org", InetAddress.ofLiteral("10.1.2.3")))
        .isTrue();
  }

  @Test
  void another_host_cannot_be_named_behind_an_allowed_one() {
    talk(
        "GET http://127.0.0.1:"
            + port
            + "/x HTTP/1.1\\r\\nHost: evil.example\\r\\n"
            + "Proxy-Authorization: x\\r\\n\\r\\n",
        "");

    assertThat(hosts).containsExactly("127.0.0.1:" + port);
  }

  @Test
  void what_is_no_request_is_answered_and_closed() {
    for (String bad :
        List.of(
            "\\r\\n\\r\\n", "GET / HTTP/1.1\\r\\n\\r\\n", "CONNECT a:99999 HTTP/1.1\\r\\n\\r\\n")) {
      fence.out.clear();
      talk(bad, "");

      assertThat(fence.out).as(bad).anyMatch(line -> line.startsWith("HTTP/1.1 400"));
    }
  }

  @Test
  void the_exit_code_the_output_and_the_arguments_are_the_commands_own() throws IOException {
    Outcome outcome = fence.run("/bin/sh", "-c", "echo \"$1\"; echo b >&2; exit 7", "sh", "$(x) é");

    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isEqualTo(7));
    assertThat(fence.out).containsExactly("$(x) é");
    assertThat(fence.err).containsExactly("b");
    assertThat(fence.run("no-such-program"))
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class, n -> assertThat(n.reason()).contains("no-such-program"));
    try (var own = Files.list(fence.base.resolve("own"))) {
      assertThat(own.map(path -> path.getFileName().toString()))
          .noneMatch(n -> n.startsWith("way"));
    }
  }

  @Test
  void a_connection_that_never_ends_ends_with_the_sandbox() {
    fence.limits = fence.limits.withTime(java.time.Duration.ofSeconds(2));

    Outcome outcome =
        fence.python(
            """
            import os, socket, time, urllib.parse
            proxy = urllib.parse.urlparse(os.environ['http_proxy'])
            open = [socket.create_connection((proxy.hostname, proxy.port)) for i in range(300)]
            time.sleep(1000)
            """);

    assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    assertThat(fence.alive()).isEmpty();
  }

  @Test
  void lists_are_read_and_matched_as_written() {
    AllowList list = AllowList.parse("a.example, *.b.example:8443\nC.example:5000");

    assertThat(list.allows("A.example", 443)).isTrue();
    assertThat(list.allows("a.example", 80)).isTrue();
    assertThat(list.allows("a.example", 22)).isFalse();
    assertThat(list.allows("x.a.example", 443)).isFalse();
    assertThat(list.allows("x.y.b.example", 8443)).isTrue();
    assertThat(list.allows("b.example", 8443)).isFalse();
    assertThat(list.allows("evilb.example", 8443)).isFalse();
    assertThat(list.allows("c.example", 5000)).isTrue();
    assertThat(AllowList.named("<url>https://u:p@m.example:8081/x</url> http://0.0.0.0/").entries())
        .isEqualTo(Set.of("m.example:8081"));
  }

  private void allow(String text) {
    fence.network = new Network.Filtered(AllowList.parse(text));
  }

  private void fetch(String url) {
    fence.python(
        """
        import urllib.request, urllib.error, os
        os.environ.pop('no_proxy'); os.environ.pop('NO_PROXY')
        try:
            print(urllib.request.urlopen('%s', timeout=10).read().decode())
        except urllib.error.HTTPError as e:
            print('refused', e.code)
        """
            .formatted(url));
  }

  private void talk(String first, String then) {
    List<String> script = new ArrayList<>();
    script.add("import os, socket, urllib.parse");
    script.add("proxy = urllib.parse.urlparse(os.environ['https_proxy'])");
    script.add("s = socket.create_connection((proxy.hostname, proxy.port), 10)");
    script.add("s.sendall(b'" + first + "')");
    script.add("print(s.recv(1000).decode())");
    script.add("s.sendall(b'" + then + "')");
    script.add("print(s.makefile().read())");
    fence.python(String.join("\n", script));
  }
}
