/** What a person or a pipe reads and writes. */
@NullMarked
package io.tas.dbhub.cli.terminal;

import org.jspecify.annotations.NullMarked;
