package io.tas.dbhub.gate.order;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a query may take, beside what its connection says.
 *
 * @param maxRows that who asks wants at most; null for the connection's own
 * @param timeoutSeconds likewise
 * @param within which it ends, whatever the connection allows
 * @param bytes of its answer at most, as the worker writes it
 * @param transfer how long rows may be taken as they come; none where they are held until all are
 *     there
 */
public record OrderLimits(
    @Nullable Integer maxRows,
    @Nullable Integer timeoutSeconds,
    Duration within,
    long bytes,
    Duration transfer) {}
