/** Schedules over REST. Temporal keeps them. */
@NullMarked
package io.tas.dbhub.api.schedules;

import org.jspecify.annotations.NullMarked;
