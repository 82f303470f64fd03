package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.sealing.SealedCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what a query came to.
 *
 * @param url see {@link WebhookRules}
 * @param secret that messages are signed with, sealed for tenant and schedule; null until it is
 *     made
 */
public record Webhook(String url, @Nullable SealedCredentials secret) {}
