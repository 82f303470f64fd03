package io.tas.dbhub.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * As much of the Kubernetes API as informers and leases need, which misbehaves when it is told to:
 * what a real one does once in a month, it does at once.
 */
public final class FakeKubernetes implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(FakeKubernetes::thread);
  private final NavigableMap<String, HasMetadata> objects = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private final int port;
  private long revision = 100;
  private long forgotten;
  private volatile Predicate<String> forbidden = path -> false;
  private volatile Predicate<String> answerLost = request -> false;
  private volatile boolean losing;
  private volatile Predicate<String> silent = request -> false;
  private final CountDownLatch silence = new CountDownLatch(1);

  private record Event(String collection, long revision, String line) {}

  /** An open watch; one that hangs stays open and says nothing. */
  private static final class Watch {
    private final String collection;
    private final BlockingQueue<Event> news = new LinkedBlockingQueue<>();
    private volatile boolean hangs;
    private volatile boolean ended;

    Watch(String collection) {
      this.collection = collection;
    }
  }

  /** What is asked for: {@code databases/ns/name}, as far as it is given. */
  private record Target(String kind, String namespace, String name) {
    static Target of(String path) {
      List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
      int first = parts.get(0).equals("api") ? 2 : 3;
      boolean namespaced = parts.get(first).equals("namespaces");
      int kind = namespaced ? first + 2 : first;
      return new Target(
          parts.get(kind),
          namespaced ? parts.get(first + 1) : "",
          parts.size() > kind + 1 ? parts.get(kind + 1) : "");
    }

    String collection() {
      return namespace.isEmpty() ? kind + "/" : kind + "/" + namespace + "/";
    }
  }

  public FakeKubernetes() {
    // Without it every small answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = listening(0);
    port = server.getAddress().getPort();
  }

  private HttpServer listening(int port) {
    try {
      HttpServer listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      listening.setExecutor(threads);
      listening.createContext("/", this::handle);
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** For the caller to close. Gives up soon, and leaves repeating to the caller. */
  public KubernetesClient client() {
    return client(url());
  }

  /** For the caller to close. Waits this long for an answer. */
  public KubernetesClient client(Duration patience) {
    return client(url(), patience);
  }

  public static KubernetesClient client(String url) {
    return client(url, Duration.ofSeconds(1));
  }

  private static KubernetesClient client(String url, Duration patience) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withOnlyHttpWatches(true)
                .withHttp2Disable(true)
                .withConnectionTimeout(1_000)
                .withRequestTimeout((int) patience.toMillis())
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(50)
                .build())
        .build();
  }

  /** Makes the object, or puts it in the place of the one of that name, and tells the watches. */
  public synchronized void put(HasMetadata object) {
    String key = key(object);
    object.getMetadata().setResourceVersion(String.valueOf(++revision));
    boolean known = objects.put(key, object) != null;
    tell(key, known ? "MODIFIED" : "ADDED", object);
  }

  public synchronized void delete(HasMetadata object) {
    HasMetadata gone = objects.remove(key(object));
    if (gone != null) {
      gone.getMetadata().setResourceVersion(String.valueOf(++revision));
      tell(key(object), "DELETED", gone);
    }
  }

  /** How many are open now. */
  public int openWatches() {
    return watches.size();
  }

  /** Forgets what happened so far, as etcd does after five minutes: 410 for who asks for it. */
  public synchronized void compact() {
    forgotten = revision;
    events.clear();
  }

  /** The watches that are open say nothing from now on, and do not end. */
  public void hangWatches() {
    watches.forEach(watch -> watch.hangs = true);
  }

  /** Nothing listens any more. */
  public void goAway() {
    watches.forEach(watch -> watch.ended = true);
    server.stop(0);
  }

  public void comeBack() {
    server = listening(port);
  }

  /** Answers 403 where the path holds this; empty: nowhere. */
  public void forbid(String part) {
    forbidden = path -> !part.isEmpty() && path.contains(part);
  }

  /** Does what such a request asks, once, and then closes the connection without an answer. */
  public void loseOneAnswer(String method, String part) {
    answerLost = request -> request.startsWith(method + " ") && request.contains(part);
    losing = true;
  }

  /** Whether that has not come yet. */
  public boolean willLoseAnAnswer() {
    return losing;
  }

  /** Takes such a request, once, and neither does anything nor answers. */
  public void hangOne(String method, String part) {
    silent = request -> request.startsWith(method + " ") && request.contains(part);
  }

  /** What hangs is closed without an answer. */
  public void endSilence() {
    silence.countDown();
  }

  private boolean hangs(String request) {
    synchronized (this) {
      if (!silent.test(request)) {
        return false;
      }
      silent = none -> false;
    }
    try {
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static String key(HasMetadata object) {
    return object.getPlural()
        + "/"
        + object.getMetadata().getNamespace()
        + "/"
        + object.getMetadata().getName();
  }

  private void tell(String key, String type, HasMetadata object) {
    Event event =
        new Event(
            key,
            revision,
            "{\"type\":\"" + type + "\",\"object\":" + Serialization.asJson(object) + "}\n");
    events.add(event);
    watches.stream()
        .filter(watch -> key.startsWith(watch.collection))
        .forEach(watch -> watch.news.add(event));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> query = query(exchange);
      if (hangs(exchange.getRequestMethod() + " " + path)) {
        return;
      }
      if (forbidden.test(path)) {
        fail(exchange, 403, "Forbidden");
      } else if (query.getOrDefault("watch", "").equals("true")) {
        watch(
            exchange, Target.of(path), Long.parseLong(query.getOrDefault("resourceVersion", "0")));
      } else {
        answer(exchange, Target.of(path), query);
      }
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return query;
  }

  private void answer(HttpExchange exchange, Target target, Map<String, String> query)
      throws IOException {
    String method = exchange.getRequestMethod();
    String key = target.collection() + target.name();
    switch (method) {
      case "GET" -> {
        if (target.name().isEmpty()) {
          send(exchange, 200, list(target, query));
          return;
        }
        String found;
        synchronized (this) {
          HasMetadata object = objects.get(key);
          found = object == null ? "" : Serialization.asJson(object);
        }
        if (found.isEmpty()) {
          fail(exchange, 404, "NotFound");
        } else {
          send(exchange, 200, found);
        }
      }
      case "POST", "PUT" -> write(exchange, method, target);
      default -> fail(exchange, 405, "MethodNotAllowed");
    }
  }

  /** Only leases are written by those who are tested. */
  private void write(HttpExchange exchange, String method, Target target) throws IOException {
    Lease wanted = Serialization.unmarshal(exchange.getRequestBody(), Lease.class);
    String written = "";
    synchronized (this) {
      HasMetadata present = objects.get(target.collection() + wanted.getMetadata().getName());
      boolean possible =
          method.equals("POST")
              ? present == null
              : present != null
                  && present
                      .getMetadata()
                      .getResourceVersion()
                      .equals(wanted.getMetadata().getResourceVersion());
      if (possible) {
        put(wanted);
        written = Serialization.asJson(wanted);
      }
    }
    if (written.isEmpty()) {
      fail(exchange, 409, "Conflict");
    } else if (losing && answerLost.test(method + " " + exchange.getRequestURI().getPath())) {
      losing = false;
    } else {
      send(exchange, method.equals("POST") ? 201 : 200, written);
    }
  }

  private synchronized String list(Target target, Map<String, String> query) {
    int limit = Integer.parseInt(query.getOrDefault("limit", String.valueOf(Integer.MAX_VALUE)));
    String prefix = target.collection();
    String after = query.getOrDefault("continue", "");
    List<String> items = new ArrayList<>();
    String last = "";
    String next = "";
    for (Map.Entry<String, HasMetadata> entry :
        objects.tailMap(after.isEmpty() ? prefix : after, after.isEmpty()).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (items.size() == limit) {
        next = last;
        break;
      }
      items.add(Serialization.asJson(entry.getValue()));
      last = entry.getKey();
    }
    return "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
        + revision
        + "\",\"continue\":\""
        + next
        + "\"},\"items\":["
        + String.join(",", items)
        + "]}";
  }

  private void watch(HttpExchange exchange, Target target, long since) throws IOException {
    Watch watch = new Watch(target.collection());
    boolean tooOld;
    synchronized (this) {
      tooOld = since < forgotten;
      if (!tooOld) {
        events.stream()
            .filter(event -> event.revision() > since)
            .filter(event -> event.collection().startsWith(watch.collection))
            .forEach(watch.news::add);
        watches.add(watch);
      }
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (tooOld) {
      out.write(
          ("{\"type\":\"ERROR\",\"object\":" + failure(410, "Expired") + "}\n").getBytes(UTF_8));
      return;
    }
    try {
      out.flush();
      while (!watch.ended) {
        Event event = watch.news.poll(50, TimeUnit.MILLISECONDS);
        if (event != null && !watch.hangs && !watch.ended) {
          out.write(event.line().getBytes(UTF_8));
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watches.remove(watch);
    }
  }

  private static void fail(HttpExchange exchange, int code, String reason) throws IOException {
    send(exchange, code, failure(code, reason));
  }

  private static String failure(int code, String reason) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\""
        + reason
        + "\",\"message\":\"told to\",\"code\":"
        + code
        + "}";
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fake-kubernetes");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    endSilence();
    goAway();
    threads.shutdownNow();
  }
}
