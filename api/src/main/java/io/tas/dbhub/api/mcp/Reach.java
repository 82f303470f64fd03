package io.tas.dbhub.api.mcp;

import java.util.List;

/**
 * How far a caller goes: what their tools offer.
 *
 * @param query whether they may query any database
 * @param write whether they may change what is in any
 * @param names of databases that they may query; some of them, where there are many
 * @param more whether there are others than the names
 */
record Reach(boolean query, boolean write, List<String> names, boolean more) {
  Reach {
    names = List.copyOf(names);
  }
}
