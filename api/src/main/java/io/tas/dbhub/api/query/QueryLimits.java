package io.tas.dbhub.api.query;

import io.tas.dbhub.core.audit.QueryChannel;
import java.time.Duration;

/**
 * Bounds of one process.
 *
 * @param within what one query takes at most
 * @param answerBytes what an answer holds at most, as the worker writes it
 * @param exportBytes what an export holds at most
 */
public record QueryLimits(Duration within, long answerBytes, long exportBytes) {
  long bytes(QueryChannel channel) {
    return channel == QueryChannel.EXPORT ? exportBytes : answerBytes;
  }
}
