/** How a command ends. */
@NullMarked
package io.tas.dbhub.cli.exit;

import org.jspecify.annotations.NullMarked;
