/** The description of the REST API. */
@NullMarked
package io.tas.dbhub.api.openapi;

import org.jspecify.annotations.NullMarked;
