/** One request for many databases: checked, run, watched and reported. */
@NullMarked
package io.tas.dbhub.cli.batches;

import org.jspecify.annotations.NullMarked;
