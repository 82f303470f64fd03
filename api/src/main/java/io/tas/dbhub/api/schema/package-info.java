/** What tables the databases have: from the catalogue, with its age. */
@NullMarked
package io.tas.dbhub.api.schema;

import org.jspecify.annotations.NullMarked;
