/** The whole control plane on one machine, wired. */
@NullMarked
package io.tas.dbhub.dev.system;

import org.jspecify.annotations.NullMarked;
