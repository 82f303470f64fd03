/**
 * Bringing the catalogue up to what a target has: looks at Kubernetes, the target and the store.
 */
@NullMarked
package io.tas.dbhub.activities.schema;

import org.jspecify.annotations.NullMarked;
