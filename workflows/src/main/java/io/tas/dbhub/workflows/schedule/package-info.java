/** What schedules do when their time has come. */
@NullMarked
package io.tas.dbhub.workflows.schedule;

import org.jspecify.annotations.NullMarked;
