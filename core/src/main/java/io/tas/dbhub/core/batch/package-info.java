/** One request for many databases: its rows, how far it is, and what it comes to. */
@NullMarked
package io.tas.dbhub.core.batch;

import org.jspecify.annotations.NullMarked;
