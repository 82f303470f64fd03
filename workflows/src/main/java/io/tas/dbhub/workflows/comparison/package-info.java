/** Comparing Kubernetes with the inventory, for ever. */
@NullMarked
package io.tas.dbhub.workflows.comparison;

import org.jspecify.annotations.NullMarked;
