/** Commands about what ran, runs, or waits for a person. */
@NullMarked
package io.tas.dbhub.cli.operations;

import org.jspecify.annotations.NullMarked;
