/** Activities on the inventory (Neo4j). */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.inventory;
