/** Commands about databases. */
@NullMarked
package io.tas.dbhub.cli.databases;

import org.jspecify.annotations.NullMarked;
