/** One request for many databases: its rows, some at a time. */
@NullMarked
package io.tas.dbhub.workflows.batch;

import org.jspecify.annotations.NullMarked;
