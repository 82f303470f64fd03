package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * @param id what to tell when asking again
 * @param data a missing node where it is no JSON
 */
record ServerEvent(String name, String id, JsonNode data) {}
