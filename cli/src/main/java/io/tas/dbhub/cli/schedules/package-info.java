/** What is done by itself, at its times. */
@NullMarked
package io.tas.dbhub.cli.schedules;

import org.jspecify.annotations.NullMarked;
