/** Asking a database through DBHub. */
@NullMarked
package io.tas.dbhub.api.query;

import org.jspecify.annotations.NullMarked;
