/** What all commands have in common. */
@NullMarked
package io.tas.dbhub.cli.session;

import org.jspecify.annotations.NullMarked;
