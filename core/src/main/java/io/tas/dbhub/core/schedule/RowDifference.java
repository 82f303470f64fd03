package io.tas.dbhub.core.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In what the rows of two results differ, whatever their order: a row that is there twice counts
 * twice.
 *
 * @param comparedWith the id of the earlier result
 * @param exact whether both are whole; otherwise rows may be told that were cut off
 * @param added rows that the earlier one has not
 * @param removed rows that only the earlier one has
 * @param firstAdded the first of them, each as a line of JSON
 * @param firstRemoved likewise
 */
public record RowDifference(
    String comparedWith,
    boolean exact,
    long added,
    long removed,
    List<String> firstAdded,
    List<String> firstRemoved) {
  /** More are counted only. */
  public static final int MOST_ROWS = 100;

  /** Likewise, of the characters of either list. */
  private static final int MOST_CHARACTERS = 128 * 1024;

  public RowDifference {
    firstAdded = List.copyOf(firstAdded);
    firstRemoved = List.copyOf(firstRemoved);
  }

  /** Compares rows as texts: equal values are written equally. */
  public static RowDifference between(
      String earlier, List<String> before, List<String> now, boolean exact) {
    Beyond added = beyond(now, before);
    Beyond removed = beyond(before, now);
    return new RowDifference(
        earlier, exact, added.count(), removed.count(), added.first(), removed.first());
  }

  private record Beyond(long count, List<String> first) {}

  /** What is in the rows and not in the others. */
  private static Beyond beyond(List<String> rows, List<String> others) {
    Map<String, Integer> left = new HashMap<>();
    others.forEach(row -> left.merge(row, 1, Integer::sum));
    long count = 0;
    int characters = 0;
    List<String> first = new ArrayList<>();
    for (String row : rows) {
      Integer there = left.get(row);
      if (there != null && there > 0) {
        left.put(row, there - 1);
        continue;
      }
      count++;
      characters += row.length();
      if (first.size() < MOST_ROWS && characters <= MOST_CHARACTERS) {
        first.add(row);
      }
    }
    return new Beyond(count, first);
  }

  /** Whether the rows are the same. */
  public boolean none() {
    return added == 0 && removed == 0;
  }
}
