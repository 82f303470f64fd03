package io.tas.dbhub.storage.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextCursor where the next page begins; null on the last
 */
public record VersionPage(List<SchemaVersion> versions, @Nullable String nextCursor) {
  public VersionPage {
    versions = List.copyOf(versions);
  }
}
