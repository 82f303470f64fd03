package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.model.DatabaseRef;

/**
 * Has somebody told of a result.
 *
 * @param schedule the schedule's name
 * @param resultId see {@link ItemResult#resultId}
 */
public record WebhookOrder(
    String scheduleId, String schedule, DatabaseRef database, String resultId, Webhook webhook) {}
