package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.GrantRules;
import io.tas.dbhub.core.access.Grants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The grants a database is to have from now on, all of them. */
@Schema(name = "NewGrants")
record NewGrants(
    @ArraySchema(
            maxItems = Grants.MOST,
            schema = @Schema(implementation = GrantsView.GrantView.class))
        List<Grant> grants) {
  private static final String FIELD = "grants";

  /**
   * @throws ProblemException Invalid, with everything that is wrong
   */
  static NewGrants read(ObjectNode body) {
    Fields fields = new Fields(body);
    List<JsonNode> sent = fields.array(FIELD);
    if (!body.hasNonNull(FIELD)) {
      fields.require(FIELD);
    }
    List<Grant> grants = new ArrayList<>();
    if (sent.size() > Grants.MOST) {
      fields.violate(FIELD, "are at most " + Grants.MOST);
    } else {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < sent.size(); i++) {
        read(sent.get(i), FIELD + "[" + i + "]", fields, seen, grants);
      }
    }
    if (!fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new NewGrants(grants);
  }

  private static void read(
      JsonNode sent, String where, Fields outer, Set<String> seen, List<Grant> grants) {
    if (!(sent instanceof ObjectNode object)) {
      outer.violate(where, "is an object with principal and level");
      return;
    }
    Fields fields = new Fields(object);
    String principal = fields.text("principal");
    if (principal == null) {
      fields.require("principal");
    } else {
      GrantRules.violation(principal).ifPresent(why -> fields.violate("principal", why));
      if (!seen.add(principal)) {
        fields.violate("principal", "is there already");
      }
    }
    String name = fields.text("level");
    AccessLevel level = name == null ? null : AccessLevel.fromWireName(name).orElse(null);
    if (name == null) {
      fields.require("level");
    } else if (level == null) {
      fields.violate("level", "is view, query, write or manage");
    }
    fields
        .violations()
        .forEach(violation -> outer.violate(where + "." + violation.field(), violation.message()));
    if (principal != null && level != null) {
      grants.add(new Grant(principal, level));
    }
  }
}
