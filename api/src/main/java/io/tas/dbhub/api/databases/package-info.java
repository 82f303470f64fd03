/** Databases over REST. */
@NullMarked
package io.tas.dbhub.api.databases;

import org.jspecify.annotations.NullMarked;
