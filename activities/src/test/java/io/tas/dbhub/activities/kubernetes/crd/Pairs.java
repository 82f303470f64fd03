package io.tas.dbhub.activities.kubernetes.crd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of choices in which every two values of every two factors meet at least once. Greedy and
 * always the same. Pure.
 */
final class Pairs {
  private static final int OPEN = -1;

  /** Value {@code a} of factor {@code i} together with value {@code b} of the later {@code j}. */
  private record Pair(int i, int a, int j, int b) {}

  private final int[] sizes;
  private final Set<Pair> missing = new LinkedHashSet<>();

  private Pairs(int[] sizes) {
    this.sizes = sizes;
    for (int i = 0; i < sizes.length; i++) {
      for (int j = i + 1; j < sizes.length; j++) {
        for (int a = 0; a < sizes[i]; a++) {
          for (int b = 0; b < sizes[j]; b++) {
            missing.add(new Pair(i, a, j, b));
          }
        }
      }
    }
  }

  /**
   * Rows in which every pair of values of two factors stands together at least once.
   *
   * @param sizes how many values each factor has
   * @return for each row the index of the value of each factor
   */
  static List<int[]> of(int... sizes) {
    return new Pairs(sizes.clone()).rows();
  }

  private List<int[]> rows() {
    List<int[]> rows = new ArrayList<>();
    while (!missing.isEmpty()) {
      Pair first = missing.iterator().next();
      int[] row = new int[sizes.length];
      Arrays.fill(row, OPEN);
      row[first.i()] = first.a();
      row[first.j()] = first.b();
      for (int factor = 0; factor < sizes.length; factor++) {
        if (row[factor] == OPEN) {
          row[factor] = best(row, factor);
        }
      }
      missing.removeIf(pair -> row[pair.i()] == pair.a() && row[pair.j()] == pair.b());
      rows.add(row);
    }
    return rows;
  }

  /** The value that brings the most missing pairs with what is chosen already. */
  private int best(int[] row, int factor) {
    int best = 0;
    int most = OPEN;
    for (int value = 0; value < sizes[factor]; value++) {
      int brings = 0;
      for (int other = 0; other < sizes.length; other++) {
        if (other != factor
            && row[other] != OPEN
            && missing.contains(pair(factor, value, other, row[other]))) {
          brings++;
        }
      }
      if (brings > most) {
        most = brings;
        best = value;
      }
    }
    return best;
  }

  private static Pair pair(int factor, int value, int other, int chosen) {
    return factor < other
        ? new Pair(factor, value, other, chosen)
        : new Pair(other, chosen, factor, value);
  }
}
