package io.tas.dbhub.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the journal.
 *
 * @param nextCursor where the next page begins; not there on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AuditList")
public record AuditListView(List<AuditEntryView> entries, @Nullable String nextCursor) {}
