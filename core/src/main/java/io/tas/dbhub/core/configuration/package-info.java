/** What the configuration of API and worker has in common. */
@NullMarked
package io.tas.dbhub.core.configuration;

import org.jspecify.annotations.NullMarked;
