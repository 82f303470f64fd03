package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseStatus;
import org.jspecify.annotations.Nullable;

/**
 * @param diagnosis null when there was nothing to probe any more
 */
public record CheckResult(DatabaseStatus status, String message, @Nullable Diagnosis diagnosis) {}
