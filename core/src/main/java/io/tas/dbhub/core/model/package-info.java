/** What a database connection is, and the rules that make one valid. */
@NullMarked
package io.tas.dbhub.core.model;

import org.jspecify.annotations.NullMarked;
