/** Telling others over HTTP. */
@NullMarked
package io.tas.dbhub.activities.webhook;

import org.jspecify.annotations.NullMarked;
