/** Reads files that describe many databases, row by row and in constant memory. */
@NullMarked
package io.tas.dbhub.api.batches.file;

import org.jspecify.annotations.NullMarked;
