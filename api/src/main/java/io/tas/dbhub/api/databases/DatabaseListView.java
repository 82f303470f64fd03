package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param total databases that the filters let through, on all pages
 * @param nextCursor where the next page begins; not there on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DatabaseList")
public record DatabaseListView(
    List<DatabaseView> databases,
    long total,
    int page,
    int pageSize,
    @Nullable String nextCursor) {}
