/** Asking a database: judged here, run by a worker. */
@NullMarked
package io.tas.dbhub.api.query;

import org.jspecify.annotations.NullMarked;
