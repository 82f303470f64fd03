package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer knows, without what nobody asks for: a tenth of what Kubernetes sends, so that
 * ten thousand Databases and their Secrets fit into a small heap. Objects are thinned on their way
 * in, before anybody else sees them. Thread-safe.
 */
final class SlimStore<T extends HasMetadata> implements ItemStore<T> {
  /** A copy of the whole object, which {@code kubectl apply} leaves. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final Map<String, T> items = new ConcurrentHashMap<>();
  private final Consumer<T> thin;

  private SlimStore(Consumer<T> thin) {
    this.thin = thin;
  }

  /** All but the bookkeeping of who wrote which field. */
  static <T extends HasMetadata> SlimStore<T> ofObjects() {
    return new SlimStore<>(object -> object.getMetadata().setManagedFields(new ArrayList<>()));
  }

  /**
   * Names, versions and when they were written: the credentials of a namespace have no business in
   * this heap.
   */
  static SlimStore<Secret> ofSecrets() {
    return new SlimStore<>(
        secret -> {
          secret.setData(null);
          secret.setStringData(null);
          ObjectMeta metadata = secret.getMetadata();
          metadata.setManagedFields(timesOnly(metadata.getManagedFields()));
          metadata.setLabels(null);
          metadata.setAnnotations(null);
        });
  }

  private static List<ManagedFieldsEntry> timesOnly(List<ManagedFieldsEntry> writes) {
    writes.forEach(write -> write.setFieldsV1(null));
    return writes;
  }

  @Override
  public String getKey(T item) {
    return Cache.metaNamespaceKeyFunc(item);
  }

  @Override
  public @Nullable T put(String key, T item) {
    Map<String, String> annotations = item.getMetadata().getAnnotations();
    if (annotations != null) {
      annotations.remove(LAST_APPLIED);
    }
    thin.accept(item);
    return items.put(key, item);
  }

  @Override
  public @Nullable T remove(String key) {
    return items.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return items.values().stream();
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public @Nullable T get(String key) {
    return items.get(key);
  }
}
