package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
  private static final Map<Integer, List<String>> NOTHING = Map.of();

  @Test
  void thereIsAlwaysAFirstServer() {
    assertThat(assign(2, NOTHING, List.of())).isEqualTo(homes(List.of()));
    assertThat(assign(0, NOTHING, List.of())).isEqualTo(homes(List.of()));
  }

  @Test
  void withoutALimitEverythingIsOnTheFirst() {
    assertThat(assign(0, Map.of(0, List.of("a"), 1, List.of("b")), List.of("a", "b", "c")))
        .isEqualTo(homes(List.of("a", "b", "c")));
  }

  @Test
  void newDatabasesFillTheServersFromTheLowestOn() {
    assertThat(assign(2, NOTHING, List.of("e", "d", "c", "b", "a")))
        .isEqualTo(homes(List.of("a", "b"), List.of("c", "d"), List.of("e")));
  }

  @Test
  void aNewDatabaseGoesToTheLowestServerWithRoomAndMovesNobody() {
    Map<Integer, List<String>> listed =
        Map.of(0, List.of("b", "c"), 1, List.of("d"), 2, List.of("e", "f"));

    assertThat(assign(2, listed, List.of("a", "b", "c", "d", "e", "f")))
        .isEqualTo(homes(List.of("b", "c"), List.of("a", "d"), List.of("e", "f")));
  }

  @Test
  void aRemovedDatabaseMovesNobody() {
    Map<Integer, List<String>> listed =
        Map.of(0, List.of("a", "b"), 1, List.of("c", "d"), 2, List.of("e", "f"));

    assertThat(assign(2, listed, List.of("b", "c", "d", "e")))
        .isEqualTo(homes(List.of("b"), List.of("c", "d"), List.of("e")));
  }

  @Test
  void aHigherLimitMovesNobody() {
    Map<Integer, List<String>> listed = Map.of(0, List.of("a"), 1, List.of("b"));

    assertThat(assign(50, listed, List.of("a", "b"))).isEqualTo(homes(List.of("a"), List.of("b")));
  }

  @Test
  void aLowerLimitMovesTheSurplusOnly() {
    Map<Integer, List<String>> listed = Map.of(0, List.of("a", "b", "c"), 1, List.of("d"));

    assertThat(assign(2, listed, List.of("a", "b", "c", "d")))
        .isEqualTo(homes(List.of("a", "b"), List.of("c", "d")));
  }

  @Test
  void aListThatSomebodyDeletedIsMadeAnewWithoutAMove() {
    Map<Integer, List<String>> listed = Map.of(1, List.of("c", "d"));

    assertThat(assign(2, listed, List.of("a", "b", "c", "d")))
        .isEqualTo(homes(List.of("a", "b"), List.of("c", "d")));
  }

  @Test
  void whatTwoServersListAfterACrashStaysOnTheLowest() {
    Map<Integer, List<String>> listed = Map.of(0, List.of("a"), 1, List.of("a", "b"));

    assertThat(assign(2, listed, List.of("a", "b"))).isEqualTo(homes(List.of("a"), List.of("b")));
  }

  @Test
  void aMoveThatACrashBrokeOffGoesOnAsItBegan() {
    Map<Integer, List<String>> before = Map.of(0, List.of("a", "b", "c", "d"), 1, List.of("e"));
    NavigableMap<Integer, NavigableSet<String>> moved =
        assign(2, before, List.of("a", "b", "c", "d", "e"));
    Map<Integer, List<String>> halfway = new TreeMap<>(before);
    halfway.put(1, List.copyOf(moved.get(1)));

    assertThat(assign(2, halfway, List.of("a", "b", "c", "d", "e"))).isEqualTo(moved);
  }

  @Test
  void anEmptyServerGoesUnlessItIsTheFirst() {
    Map<Integer, List<String>> listed = Map.of(0, List.of("a"), 1, List.of("b"), 2, List.of("c"));

    NavigableMap<Integer, NavigableSet<String>> homes = assign(1, listed, List.of("c"));

    assertThat(homes.keySet()).containsExactly(0, 2);
    assertThat(homes.get(2)).containsExactly("c");
  }

  @Test
  void aServerThatMayNotBeIsPassedOver() {
    Map<Integer, List<String>> listed = Map.of(0, List.of("a"), 1, List.of("gone"));
    Assignment assignment = new Assignment(listed, 1, number -> number != 1);

    NavigableMap<Integer, NavigableSet<String>> homes = assignment.of(List.of("a", "b"));

    assertThat(homes.keySet()).containsExactly(0, 2);
    assertThat(homes.get(2)).containsExactly("b");
  }

  @Test
  void aServerIsNotAskedForWhetherItMayKeepWhatItHas() {
    Map<Integer, List<String>> listed = Map.of(0, List.of("a"), 1, List.of("b"));

    assertThat(new Assignment(listed, 1, number -> false).of(List.of("a", "b")))
        .isEqualTo(homes(List.of("a"), List.of("b")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 50})
  void whatIsAssignedStaysAsItIs(int most) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      names.add("db-" + i);
    }
    NavigableMap<Integer, NavigableSet<String>> first = assign(most, NOTHING, names);
    Map<Integer, List<String>> listed = new TreeMap<>();
    first.forEach((number, home) -> listed.put(number, List.copyOf(home)));

    assertThat(first.values()).allSatisfy(home -> assertThat(home).hasSizeLessThanOrEqualTo(most));
    assertThat(assign(most, listed, names)).isEqualTo(first);
  }

  @Test
  void aDatabaseThatMovesIsTakenUpBeforeItIsLetGo() {
    Assignment assignment =
        new Assignment(Map.of(0, List.of("a", "b", "c"), 1, List.of("d")), 2, number -> true);

    assertThat(assignment.order(assignment.of(List.of("a", "b", "c", "d")))).containsExactly(1, 0);
  }

  @Test
  void whereNothingMovesTheServersAreChangedInTheirOrder() {
    Assignment assignment =
        new Assignment(Map.of(0, List.of("a", "gone"), 1, List.of("b")), 1, number -> true);

    assertThat(assignment.order(assignment.of(List.of("a", "b", "c")))).containsExactly(0, 1, 2);
  }

  private static NavigableMap<Integer, NavigableSet<String>> assign(
      int most, Map<Integer, List<String>> listed, Collection<String> databases) {
    return new Assignment(listed, most, number -> true).of(databases);
  }

  /** Servers 0, 1, … */
  @SafeVarargs
  private static NavigableMap<Integer, NavigableSet<String>> homes(List<String>... servers) {
    NavigableMap<Integer, NavigableSet<String>> homes = new TreeMap<>();
    for (List<String> server : servers) {
      homes.put(homes.size(), new TreeSet<>(server));
    }
    return homes;
  }
}
