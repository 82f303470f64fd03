package io.tas.dbhub.api.query;

import io.tas.dbhub.core.audit.QueryChannel;
import java.time.Duration;

/**
 * Bounds of one process.
 *
 * @param within what one query takes at most; an export, until its first row
 * @param exportWithin what an export takes at most from then on
 * @param answerBytes what an answer holds at most, as the worker writes it
 * @param agentBytes what an answer to an agent holds at most
 * @param exportBytes what an export holds at most
 */
public record QueryLimits(
    Duration within, Duration exportWithin, long answerBytes, long agentBytes, long exportBytes) {
  /** How long rows may be taken as they come; none where the answer is held until it is whole. */
  Duration transfer(QueryChannel channel) {
    return channel == QueryChannel.EXPORT ? exportWithin : Duration.ZERO;
  }

  long bytes(QueryChannel channel) {
    return switch (channel) {
      case REST, SCHEDULE -> answerBytes;
      case MCP -> agentBytes;
      case EXPORT -> exportBytes;
    };
  }
}
