/** Reads the bodies of requests. */
@NullMarked
package io.tas.dbhub.api.body;

import org.jspecify.annotations.NullMarked;
