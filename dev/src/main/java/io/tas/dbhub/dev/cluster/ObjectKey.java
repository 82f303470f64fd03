package io.tas.dbhub.dev.cluster;

import java.util.Comparator;

/**
 * Where an object is stored.
 *
 * @param group the API group, empty for the core one
 * @param resource the plural name of the type
 * @param namespace empty for cluster-wide objects
 */
record ObjectKey(String group, String resource, String namespace, String name)
    implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::group)
          .thenComparing(ObjectKey::resource)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  boolean of(String otherGroup, String otherResource) {
    return group.equals(otherGroup) && resource.equals(otherResource);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
