package io.tas.dbhub.activities.kubernetes.instance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Which server of an instance serves which database. A database stays where it is: each move rolls
 * two servers. A new one goes to the lowest server with room. The same world is assigned the same
 * way. Pure.
 */
final class Assignment {
  private final NavigableMap<Integer, List<String>> listed;
  private final int most;
  private final IntPredicate usable;

  /**
   * @param listed the databases that each server says it serves. After a crash in the middle of a
   *     move two servers say so of one
   * @param most databases on one server; 0 for no limit
   * @param usable whether there may be a server of this number; asked where none has a database
   */
  Assignment(Map<Integer, List<String>> listed, int most, IntPredicate usable) {
    this.listed = new TreeMap<>(listed);
    this.most = most;
    this.usable = usable;
  }

  /** Everything on the first server. */
  static Assignment toOne() {
    return new Assignment(Map.of(), 0, number -> true);
  }

  /**
   * The databases by server. There is always a server 0; every other one has a database.
   *
   * @param databases all that shall be served
   */
  NavigableMap<Integer, NavigableSet<String>> of(Collection<String> databases) {
    NavigableMap<Integer, NavigableSet<String>> homes = new TreeMap<>();
    homes.put(0, new TreeSet<>());
    NavigableSet<String> homeless = new TreeSet<>(databases);
    if (most <= 0) {
      homes.put(0, homeless);
      return homes;
    }
    // Lowest first: it keeps what two of them list, unless it has too many.
    listed.forEach(
        (number, names) -> {
          for (String name : new TreeSet<>(names)) {
            if (hasRoomForItsOwn(number, homes) && homeless.remove(name)) {
              homes.computeIfAbsent(number, key -> new TreeSet<>()).add(name);
            }
          }
        });
    int number = 0;
    for (String name : homeless) {
      while (!hasRoom(number, homes)) {
        number++;
      }
      homes.computeIfAbsent(number, key -> new TreeSet<>()).add(name);
    }
    return homes;
  }

  private boolean hasRoomForItsOwn(int number, Map<Integer, NavigableSet<String>> homes) {
    NavigableSet<String> home = homes.get(number);
    return home == null || home.size() < most;
  }

  private boolean hasRoom(int number, Map<Integer, NavigableSet<String>> homes) {
    NavigableSet<String> home = homes.get(number);
    return home == null ? usable.test(number) : home.size() < most;
  }

  /**
   * In which order the servers are to be changed: new homes before old ones, so that a database
   * that moves is taken up before it is let go, and is listed somewhere at any moment.
   */
  List<Integer> order(NavigableMap<Integer, NavigableSet<String>> homes) {
    Map<String, Integer> homeOf = new HashMap<>();
    homes.forEach((number, names) -> names.forEach(name -> homeOf.put(name, number)));
    List<Integer> order = new ArrayList<>(homes.keySet());
    // Stable: by number otherwise.
    order.sort(Comparator.comparing(number -> letsGo(number, homeOf)));
    return order;
  }

  private boolean letsGo(int number, Map<String, Integer> homeOf) {
    return listed.getOrDefault(number, List.of()).stream()
        .anyMatch(name -> homeOf.getOrDefault(name, number) != number);
  }
}
