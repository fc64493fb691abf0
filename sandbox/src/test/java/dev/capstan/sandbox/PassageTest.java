package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassageTest {
  @TempDir Path folder;

  /** Answers each line with the same in capitals. */
  private static void shout(InputStream in, OutputStream out) throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      out.write(Character.toUpperCase(next));
      out.flush();
      if (next == '\n') {
        out.close();
      }
    }
  }

  @Test
  void a_port_leads_to_one_place_and_no_other_port_anywhere() throws IOException {
    Fence fence = new Fence(folder);
    fence.network = new Network.Only(PassageTest::shout);
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      fence.python(
          """
          import socket
          way = socket.create_connection(('127.0.0.1', %d), 5)
          way.sendall(b'hello\\n')
          print(way.makefile().read().strip())
          for place in (('127.0.0.1', %d), ('192.0.2.1', 80)):
              try:
                  socket.create_connection(place, 2)
                  print('connected')
              except OSError:
                  print('closed')
          """
              .formatted(Passage.PORT, other.getLocalPort()));
    }
    assertThat(fence.out).containsExactly("HELLO", "closed", "closed");
  }

  @Test
  void connections_end_with_the_sandbox() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Fence fence = new Fence(folder);
    fence.limits = fence.limits.withTime(Duration.ofSeconds(3));
    fence.network =
        new Network.Only((in, _) -> {
          try {
            String first = new String(in.readNBytes(5), StandardCharsets.UTF_8);
            assertThat(first).isEqualTo("hello");
            in.read();
          } finally {
            ended.countDown();
          }
        });
    Outcome outcome =
        fence.python(
            """
            import socket, time
            way = socket.create_connection(('127.0.0.1', %d), 5)
            way.sendall(b'hello')
            time.sleep(60)
            """
                .formatted(Passage.PORT));
    assertThat(outcome).isNotInstanceOf(Outcome.NotStarted.class);
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
