package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.tas.dbhub.core.model.Sha256;
import io.tas.dbhub.core.names.Kubernetes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which versions the Databases and Secrets of a namespace have now, or had a moment ago: two
 * requests for all of them, and no contents. Thread-safe.
 */
final class ObjectVersions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAGE = 1000;

  private final KubernetesClient kubernetes;
  private final long mostAgeNanos;
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

  /**
   * @param mostAge how long what was read is believed
   */
  ObjectVersions(KubernetesClient kubernetes, Duration mostAge) {
    this.kubernetes = kubernetes;
    this.mostAgeNanos = mostAge.toNanos();
  }

  /** Of what people write, so that a status does not change it. */
  static String ofDatabase(ObjectMeta metadata) {
    return Sha256.hex(
        metadata.getUid()
            + " "
            + metadata.getGeneration()
            + " "
            + sorted(metadata.getLabels())
            + " "
            + sorted(metadata.getAnnotations())
            + " "
            + metadata.getDeletionTimestamp());
  }

  static String ofSecret(ObjectMeta metadata) {
    return metadata.getUid() + " " + metadata.getResourceVersion();
  }

  private static Map<String, String> sorted(@Nullable Map<String, String> texts) {
    return texts == null ? Map.of() : new TreeMap<>(texts);
  }

  /**
   * By name.
   *
   * @param takenAt as {@link System#nanoTime}, before it was read; nothing here is older
   */
  record Snapshot(Map<String, String> databases, Map<String, String> secrets, long takenAt) {}

  /** Empty of everything where the versions cannot be had: then nothing is known. */
  Snapshot of(String namespace) {
    return namespaces.computeIfAbsent(namespace, Namespace::new).current();
  }

  /** One at a time reads, the others wait for what it finds. */
  private final class Namespace {
    private final String name;
    private @Nullable Snapshot last;

    Namespace(String name) {
      this.name = name;
    }

    synchronized Snapshot current() {
      long now = System.nanoTime();
      Snapshot known = last;
      if (known == null || now - known.takenAt() > mostAgeNanos) {
        known = take(now);
        last = known;
      }
      return known;
    }

    private Snapshot take(long now) {
      Optional<Map<String, String>> databases =
          versions(
              "apis/" + Kubernetes.GROUP + "/" + Kubernetes.VERSION + path("databases"),
              ObjectVersions::ofDatabase);
      Optional<Map<String, String>> secrets =
          versions("api/v1" + path("secrets"), ObjectVersions::ofSecret);
      return databases.isPresent() && secrets.isPresent()
          ? new Snapshot(databases.get(), secrets.get(), now)
          : new Snapshot(Map.of(), Map.of(), now);
    }

    private String path(String plural) {
      return "/namespaces/" + name + "/" + plural + "?limit=" + PAGE;
    }
  }

  private Optional<Map<String, String>> versions(
      String path, Function<ObjectMeta, String> version) {
    Map<String, String> versions = new HashMap<>();
    String next = "";
    do {
      Optional<Page> page = page(path + next);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      for (Item item : page.get().all()) {
        versions.put(item.metadata().getName(), version.apply(item.metadata()));
      }
      String more = page.get().metadata().getContinue();
      next =
          more == null || more.isEmpty()
              ? ""
              : "&continue=" + URLEncoder.encode(more, StandardCharsets.UTF_8);
    } while (!next.isEmpty());
    return Optional.of(versions);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Item(ObjectMeta metadata) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Page(ListMeta metadata, @Nullable List<Item> items) {
    /** The API server writes null where there is none. */
    List<Item> all() {
      return items == null ? List.of() : items;
    }
  }

  private Optional<Page> page(String path) {
    HttpClient http = kubernetes.getHttpClient();
    try {
      HttpResponse<byte[]> answer =
          http.sendAsync(
                  http.newHttpRequestBuilder()
                      .uri(kubernetes.getMasterUrl() + path)
                      .header("Accept", METADATA_ONLY)
                      .build(),
                  byte[].class)
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return answer.code() == HttpURLConnection.HTTP_OK
          ? Optional.of(JSON.readValue(answer.body(), Page.class))
          : Optional.empty();
    } catch (ExecutionException | TimeoutException | IOException e) {
      // Whoever needs more than versions finds out by themselves that Kubernetes is away.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
