package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.function.Consumer;

/** Lists of objects that in one answer might not fit into the heap. */
public final class Pages {
  private static final long SIZE = 500;

  private Pages() {}

  /**
   * Reads all, page by page. Fails as the client does.
   *
   * @param each told of every object
   * @param alive called after each page
   */
  public static <T extends HasMetadata, L extends KubernetesResourceList<T>> void read(
      Listable<L> objects, Consumer<T> each, Runnable alive) {
    String next = null;
    do {
      L page = objects.list(new ListOptionsBuilder().withLimit(SIZE).withContinue(next).build());
      page.getItems().forEach(each);
      next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
      alive.run();
    } while (next != null && !next.isEmpty());
  }
}
