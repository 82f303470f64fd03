/** Answers as files. */
@NullMarked
package io.tas.dbhub.api.export;

import org.jspecify.annotations.NullMarked;
