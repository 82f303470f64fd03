package io.tas.dbhub.dbhub.client;

import java.time.Duration;

/** Runs SQL on DBHub servers. Thread-safe. */
public interface Dbhub {
  /**
   * @param endpoint address of the server, without {@code /mcp}
   * @param sourceId letters, digits and '_'; the sentinel source sees to it that the tool always
   *     carries the id
   * @param token what the server demands
   * @param timeout for everything, from connecting to the last byte
   */
  DbhubAnswer execute(String endpoint, String sourceId, String token, String sql, Duration timeout);
}
