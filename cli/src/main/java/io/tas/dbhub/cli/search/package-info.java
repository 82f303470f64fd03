/** Finding tables and columns. */
@NullMarked
package io.tas.dbhub.cli.search;

import org.jspecify.annotations.NullMarked;
