/** Who asked what: how it is written, read, kept and forgotten; and queries with a name. */
@NullMarked
package io.tas.dbhub.api.history;

import org.jspecify.annotations.NullMarked;
