/**
 * Credentials on their way to a Secret: sealed before Temporal sees them, opened only by
 * activities.
 */
@NullMarked
package io.tas.dbhub.core.sealing;

import org.jspecify.annotations.NullMarked;
