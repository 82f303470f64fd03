package io.tas.dbhub.api.operations;

import com.google.protobuf.ByteString;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.names.SearchAttributes;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which operations to list, as a visibility query. Whatever stands between its quotes has passed a
 * pattern that knows no quote: nobody widens the query beyond their own space.
 *
 * @param pageToken Temporal's; empty for the first page
 */
record OperationQuery(String visibility, int pageSize, ByteString pageToken) {
  private static final int DEFAULT_PAGE_SIZE = 20;
  private static final int MAX_PAGE_SIZE = 100;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,64}");
  private static final Pattern QUOTABLE = Pattern.compile("[A-Za-z0-9@._:|/+=-]+");
  private static final Set<String> KNOWN =
      Set.of("status", "type", "attention", "all_spaces", "page_size", "cursor");

  /**
   * @param databaseId empty for the operations of all databases
   * @throws ProblemException Invalid, with every parameter that is wrong
   */
  static OperationQuery read(
      Sight sight, Optional<String> databaseId, MultivaluedMap<String, String> parameters) {
    List<Violation> violations = new ArrayList<>();
    parameters
        .keySet()
        .forEach(
            name -> {
              if (!KNOWN.contains(name)) {
                violations.add(
                    new Violation(
                        name.substring(0, Math.min(100, name.length())),
                        "is not a parameter of operations"));
              }
            });
    List<String> terms = new ArrayList<>(terms(sight));
    databaseId.ifPresent(id -> terms.add(equal(SearchAttributes.DATABASE.getName(), id)));

    String type = given(parameters, "type");
    if (type == null) {
      terms.add(SearchAttributes.OPERATION.getName() + " IS NOT NULL");
    } else if (validType(type)) {
      terms.add(equal(SearchAttributes.OPERATION.getName(), type));
    } else {
      violations.add(new Violation("type", "is a workflow's type, such as ProvisionDatabase"));
    }
    String status = given(parameters, "status");
    if (status != null) {
      OperationStatus.fromWireName(status)
          .ifPresentOrElse(
              known -> terms.add(equal("ExecutionStatus", known.visibilityName())),
              () ->
                  violations.add(
                      new Violation(
                          "status",
                          "is running, completed, failed, canceled, terminated or timed_out")));
    }
    String attention = given(parameters, "attention");
    if (attention != null && !attention.equals("true") && !attention.equals("false")) {
      violations.add(new Violation("attention", "is true or false"));
    } else if (attention != null) {
      terms.add(SearchAttributes.ATTENTION.getName() + " = " + attention);
    }
    int pageSize = pageSize(given(parameters, "page_size"), violations);
    ByteString token = token(given(parameters, "cursor"), violations);
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    return new OperationQuery(String.join(" AND ", terms), pageSize, token);
  }

  /**
   * The operations that wait for a decision.
   *
   * @param type checked already; null for all
   * @param databaseId checked already; null for all
   * @param cursor of the page before; null for the first
   */
  static OperationQuery parked(
      Sight sight, @Nullable String type, @Nullable String databaseId, @Nullable String cursor) {
    List<String> terms = new ArrayList<>(terms(sight));
    terms.add(
        type == null
            ? SearchAttributes.OPERATION.getName() + " IS NOT NULL"
            : equal(SearchAttributes.OPERATION.getName(), type));
    if (databaseId != null) {
      terms.add(equal(SearchAttributes.DATABASE.getName(), databaseId));
    }
    terms.add(equal("ExecutionStatus", OperationStatus.RUNNING.visibilityName()));
    terms.add(SearchAttributes.ATTENTION.getName() + " = true");
    return new OperationQuery(
        String.join(" AND ", terms), MAX_PAGE_SIZE, token(cursor, new ArrayList<>()));
  }

  static boolean validType(String type) {
    return TYPE.matcher(type).matches();
  }

  private static List<String> terms(Sight sight) {
    List<String> terms = new ArrayList<>();
    terms.add(equal(SearchAttributes.TENANT.getName(), sight.tenantId()));
    sight.spaceId().ifPresent(id -> terms.add(equal(SearchAttributes.SPACE.getName(), id)));
    sight
        .requester()
        .ifPresent(by -> terms.add(equal(SearchAttributes.REQUESTED_BY.getName(), by)));
    return terms;
  }

  static String cursor(ByteString pageToken) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(pageToken.toByteArray());
  }

  private static int pageSize(@Nullable String sent, List<Violation> violations) {
    if (sent == null) {
      return DEFAULT_PAGE_SIZE;
    }
    int size = sent.matches("[0-9]{1,4}") ? Integer.parseInt(sent) : 0;
    if (size < 1 || size > MAX_PAGE_SIZE) {
      violations.add(new Violation("page_size", "is a number from 1 to " + MAX_PAGE_SIZE));
    }
    return size;
  }

  private static ByteString token(@Nullable String cursor, List<Violation> violations) {
    try {
      return cursor == null
          ? ByteString.EMPTY
          : ByteString.copyFrom(Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException e) {
      violations.add(new Violation("cursor", "is the next_cursor of this list, unchanged"));
      return ByteString.EMPTY;
    }
  }

  private static @Nullable String given(MultivaluedMap<String, String> parameters, String name) {
    String value = parameters.getFirst(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static String equal(String attribute, String value) {
    if (!QUOTABLE.matcher(value).matches()) {
      throw new IllegalArgumentException("a value that cannot be quoted");
    }
    return attribute + " = '" + value + "'";
  }
}
