/** How the API is given the inventory. */
@NullMarked
package io.tas.dbhub.api.inventory;

import org.jspecify.annotations.NullMarked;
