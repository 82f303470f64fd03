package io.tas.dbhub.storage.journal;

import java.util.List;

/**
 * @param total on all pages
 */
public record AgentTokenPage(List<AgentToken> tokens, long total) {
  public AgentTokenPage {
    tokens = List.copyOf(tokens);
  }
}
