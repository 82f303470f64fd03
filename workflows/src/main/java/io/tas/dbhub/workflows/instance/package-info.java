/** Keeping a DBHub instance true to its databases. */
@NullMarked
package io.tas.dbhub.workflows.instance;

import org.jspecify.annotations.NullMarked;
