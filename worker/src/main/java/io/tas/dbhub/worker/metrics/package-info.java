/** What a worker tells Prometheus. */
@NullMarked
package io.tas.dbhub.worker.metrics;

import org.jspecify.annotations.NullMarked;
