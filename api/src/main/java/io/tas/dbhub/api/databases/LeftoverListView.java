package io.tas.dbhub.api.databases;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * One page of a list.
 *
 * @param total on all pages
 */
@Schema(name = "LeftoverList")
public record LeftoverListView(List<LeftoverView> leftovers, long total, int page, int pageSize) {}
