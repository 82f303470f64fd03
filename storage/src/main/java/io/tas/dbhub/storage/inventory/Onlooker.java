package io.tas.dbhub.storage.inventory;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a list: what they do not see is not in it, nor counted.
 *
 * @param subject whose own databases are seen; null for who sees everything in the scope
 * @param principals whose grants count for them
 * @param only the ids that they see at most; null for no such bound
 */
public record Onlooker(
    @Nullable String subject, Set<String> principals, @Nullable List<String> only) {
  public Onlooker {
    principals = Set.copyOf(principals);
    only = only == null ? null : List.copyOf(only);
  }

  /** An operator, or who asks for no caller. */
  public static Onlooker ofEverything() {
    return new Onlooker(null, Set.of(), null);
  }
}
