package io.tas.dbhub.core.comparison;

import io.tas.dbhub.core.model.DatabaseRef;
import java.time.Instant;

/**
 * Something of a connection that has no whole: an object without an inventory node, or what an
 * abandoned operation left behind. Deleting it is a person's decision.
 *
 * @param what for people, such as {@code Secret tas-mcp-servers/db-0b6ff0a2-creds}
 * @param why for people, such as {@code no inventory node} or the reason of who abandoned it
 */
public record Leftover(DatabaseRef database, String what, String why, Instant foundAt) {}
