package io.tas.dbhub.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of saved queries.
 *
 * @param nextCursor where the next page begins; not there on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SavedQueryList")
public record SavedQueryListView(List<SavedQueryView> queries, @Nullable String nextCursor) {}
