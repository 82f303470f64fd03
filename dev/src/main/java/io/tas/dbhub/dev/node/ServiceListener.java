package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loopback port of one Service: accepts, picks a ready Pod in turn, and forwards. */
final class ServiceListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceListener.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long RETRY_MILLIS = 20;
  private static final int CONNECT_MILLIS = 1_000;

  private final ServerSocket socket;
  private final Function<Service, List<Backend>> backends;
  private final ExecutorService threads = Executors.newCachedThreadPool(ServiceListener::thread);
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile @Nullable Service service;

  ServiceListener(ServerSocket socket, Function<Service, List<Backend>> backends) {
    this.socket = socket;
    this.backends = backends;
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The Service as it is now: its selector and target port. */
  void follow(Service now) {
    service = now;
  }

  /**
   * Lets the connections to an address end as soon as nothing is under way; whether there still are
   * any.
   */
  boolean retire(String podIp) {
    boolean open = false;
    for (Connection connection : connections) {
      open |= connection.to(podIp) && connection.retire();
    }
    return open;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        accepted.setTcpNoDelay(true);
        threads.execute(() -> forward(accepted));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("Cannot accept on port {}", port(), e);
        }
      }
    }
  }

  private void forward(Socket accepted) {
    try (accepted) {
      Optional<Connection> connection = connect(accepted);
      if (connection.isPresent()) {
        Connection open = connection.get();
        connections.add(open);
        try (open) {
          threads.execute(open::copyAnswers);
          open.copyRequests();
        } finally {
          connections.remove(open);
        }
      }
    } catch (IOException e) {
      LOG.debug("A connection ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Tries the ready Pods in turn; waits a moment for one when there is none, as between a crash and
   * a restart.
   */
  private Optional<Connection> connect(Socket accepted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      Service now = service;
      List<Backend> ready = now == null ? List.of() : backends.apply(now);
      int first = turn.getAndIncrement();
      for (int i = 0; i < ready.size(); i++) {
        Backend backend = ready.get(Math.floorMod(first + i, ready.size()));
        Socket out = new Socket();
        try {
          out.setTcpNoDelay(true);
          out.connect(backend.address(), CONNECT_MILLIS);
          return Optional.of(new Connection(accepted, out));
        } catch (IOException e) {
          Connection.closeQuietly(out);
        }
      }
      Thread.sleep(RETRY_MILLIS);
    } while (System.nanoTime() < end);
    return Optional.empty();
  }

  @Override
  public void close() {
    Connection.closeQuietly(socket);
    connections.forEach(Connection::close);
    threads.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "service-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
