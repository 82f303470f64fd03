package io.tas.dbhub.core.health;

import org.jspecify.annotations.Nullable;

/**
 * @param name one of resolve, connect, tls, authenticate, query
 * @param error null when ok
 */
public record DiagnosisStep(
    String name, boolean ok, long durationMillis, @Nullable ConnectionError error) {}
