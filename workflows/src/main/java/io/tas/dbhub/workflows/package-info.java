/** Workflow implementations, one package per use case. */
@NullMarked
package io.tas.dbhub.workflows;

import org.jspecify.annotations.NullMarked;
