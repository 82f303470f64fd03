/** Bringing the catalogue of schemas up to what the targets have. */
@NullMarked
package io.tas.dbhub.workflows.schema;

import org.jspecify.annotations.NullMarked;
