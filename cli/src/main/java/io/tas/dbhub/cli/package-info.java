/** dbhubctl: a command line over the REST API, for people and scripts. */
@NullMarked
package io.tas.dbhub.cli;

import org.jspecify.annotations.NullMarked;
