/** The contract of giving a Database resource that was made by hand its place in the inventory. */
@NullMarked
package io.tas.dbhub.core.adoption;

import org.jspecify.annotations.NullMarked;
