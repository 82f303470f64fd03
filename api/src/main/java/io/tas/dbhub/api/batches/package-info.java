/** Batches: one request for many databases, checked first, then run and watched. */
@NullMarked
package io.tas.dbhub.api.batches;

import org.jspecify.annotations.NullMarked;
