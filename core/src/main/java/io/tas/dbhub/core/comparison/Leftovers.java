package io.tas.dbhub.core.comparison;

import java.util.List;

/** Leftovers to be listed. */
public record Leftovers(List<Leftover> leftovers) {
  public Leftovers {
    leftovers = List.copyOf(leftovers);
  }
}
