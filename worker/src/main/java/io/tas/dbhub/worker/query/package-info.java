/** How the API reaches the worker's query runner. */
@NullMarked
package io.tas.dbhub.worker.query;

import org.jspecify.annotations.NullMarked;
