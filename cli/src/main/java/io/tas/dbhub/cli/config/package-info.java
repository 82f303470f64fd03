/** Which server is meant, and who asks. */
@NullMarked
package io.tas.dbhub.cli.config;

import org.jspecify.annotations.NullMarked;
