package dev.capstan.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The one way out of one sandbox, on a socket in the file system: a proxy for HTTP and for tunnels
 * that leads to hosts on a list, whose names are resolved here, outside; or a passage.
 */
final class Outlet implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 128;
  private static final int MOST_NOTES = 20;

  private final Service service;
  private final Path folder;
  private final ServerSocketChannel server;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final Set<String> notes = new TreeSet<>();

  /** Serves one connection from inside, until either side has ended it. */
  private interface Service {
    void serve(Outlet outlet, SocketChannel inside) throws IOException;
  }

  private Outlet(Service service, Path folder, ServerSocketChannel server) {
    this.service = service;
    this.folder = folder;
    this.server = server;
  }

  /** Listens in a fresh folder below the parent. */
  static Outlet open(AllowList allowed, Path parent) throws IOException {
    return listen(
        (outlet, inside) -> new OutletConnection(outlet, allowed, inside).serve(), parent);
  }

  /** As the other, for whatever speaks through the passage. */
  static Outlet open(Passage passage, Path parent) throws IOException {
    return listen(
        (_, inside) ->
            passage.pass(Channels.newInputStream(inside), Channels.newOutputStream(inside)),
        parent);
  }

  private static Outlet listen(Service service, Path parent) throws IOException {
    Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rwx------");
    Path folder =
        Files.createTempDirectory(parent, "way", PosixFilePermissions.asFileAttribute(ours));
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Outlet outlet = new Outlet(service, folder, server);
    try {
      server.bind(UnixDomainSocketAddress.of(outlet.socket()));
    } catch (IOException | IllegalArgumentException e) {
      outlet.close();
      throw new IOException("cannot listen at " + outlet.socket(), e);
    }
    Thread.ofVirtual().name("capstan-outlet").start(outlet::accept);
    return outlet;
  }

  Path folder() {
    return folder;
  }

  Path socket() {
    return folder.resolve("socket");
  }

  /** What was asked for in vain, as sentences; not all, if there were many. */
  List<String> notes() {
    synchronized (notes) {
      return List.copyOf(notes);
    }
  }

  void note(String sentence) {
    synchronized (notes) {
      if (notes.size() < MOST_NOTES) {
        notes.add(sentence);
      }
    }
  }

  /** Ends with the outlet, whatever it waits for. */
  <T extends Closeable> T track(T connection) throws IOException {
    open.add(connection);
    if (!server.isOpen()) {
      connection.close();
    }
    return connection;
  }

  void release(Closeable connection) {
    open.remove(connection);
    close(connection);
  }

  @Override
  public void close() {
    close(server);
    open.forEach(Outlet::close);
    try {
      Files.deleteIfExists(socket());
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // An empty folder of ours; the next start clears it.
    }
  }

  private void accept() {
    try {
      while (true) {
        free.acquireUninterruptibly();
        SocketChannel inside = track(server.accept());
        Thread.ofVirtual().name("capstan-outlet").start(() -> serve(inside));
      }
    } catch (IOException _) {
      // Closed: the sandbox is gone.
    }
  }

  private void serve(SocketChannel inside) {
    try {
      service.serve(this, inside);
    } catch (IOException _) {
      // One of both sides is gone; so is this connection.
    } finally {
      release(inside);
      free.release();
    }
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException _) {
      // It is as good as closed.
    }
  }
}
