package io.tas.dbhub.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the history.
 *
 * @param nextCursor where the next page begins; not there on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PastQueryList")
public record PastQueryListView(List<PastQueryView> queries, @Nullable String nextCursor) {}
