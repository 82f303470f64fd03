package io.tas.dbhub.api.query;

import io.tas.dbhub.core.audit.QueryChannel;
import java.time.Duration;

/**
 * Bounds of one process.
 *
 * @param within what one query takes at most
 * @param answerBytes what an answer holds at most, as the worker writes it
 * @param agentBytes what an answer to an agent holds at most
 * @param exportBytes what an export holds at most
 */
public record QueryLimits(Duration within, long answerBytes, long agentBytes, long exportBytes) {
  long bytes(QueryChannel channel) {
    return switch (channel) {
      case REST -> answerBytes;
      case MCP -> agentBytes;
      case EXPORT -> exportBytes;
    };
  }
}
