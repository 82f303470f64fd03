package io.tas.dbhub.api.tokens;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * One page of a list.
 *
 * @param total on all pages
 */
@Schema(name = "TokenList")
public record TokenListView(List<TokenView> tokens, long total, int page, int pageSize) {}
