/** The contract of keeping a DBHub instance true to its databases. */
@NullMarked
package io.tas.dbhub.core.instance;

import org.jspecify.annotations.NullMarked;
