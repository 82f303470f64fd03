package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.comparison.Leftover;
import java.util.List;

/**
 * A page of leftovers.
 *
 * @param total on all pages
 */
public record LeftoverPage(List<Leftover> leftovers, long total) {
  public LeftoverPage {
    leftovers = List.copyOf(leftovers);
  }
}
