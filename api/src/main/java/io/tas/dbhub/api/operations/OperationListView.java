package io.tas.dbhub.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextCursor where the next page begins; not there on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "OperationList")
public record OperationListView(List<OperationView> operations, @Nullable String nextCursor) {}
