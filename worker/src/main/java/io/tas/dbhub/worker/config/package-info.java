/** The configuration of a worker, one factory per group. */
@NullMarked
package io.tas.dbhub.worker.config;

import org.jspecify.annotations.NullMarked;
