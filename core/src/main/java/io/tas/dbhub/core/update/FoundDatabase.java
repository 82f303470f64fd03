package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.Database;
import org.jspecify.annotations.Nullable;

/**
 * @param database null when the inventory has none of that id in that scope
 */
public record FoundDatabase(@Nullable Database database) {}
