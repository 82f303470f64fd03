package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextAfter what {@code after} is for the next page; not there on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "BatchRowList")
public record BatchRowListView(List<BatchRowView> rows, @Nullable Long nextAfter) {}
