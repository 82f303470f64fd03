package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors as they stand in a request. */
final class Selection {

  private static final Pattern SET =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*([^\\s!=]+)\\s*(==|!=|=)\\s*(\\S*)\\s*");
  private static final Pattern TERM_END = Pattern.compile(",(?![^(]*\\))");

  private Selection() {}

  static Predicate<JsonNode> of(String labels, String fields) {
    Predicate<JsonNode> all = any -> true;
    for (String term : terms(labels)) {
      all = all.and(label(term));
    }
    for (String term : terms(fields)) {
      all = all.and(field(term));
    }
    return all;
  }

  private static List<String> terms(String selector) {
    List<String> terms = new ArrayList<>();
    for (String term : TERM_END.split(selector, -1)) {
      if (!term.isBlank()) {
        terms.add(term);
      }
    }
    return terms;
  }

  private static Predicate<JsonNode> label(String term) {
    Matcher set = SET.matcher(term);
    if (set.matches()) {
      List<String> values = new ArrayList<>();
      for (String value : set.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      String name = set.group(1);
      boolean wanted = set.group(2).equals("in");
      return object -> {
        JsonNode label = Json.at(object, "metadata", "labels", name);
        return (!label.isMissingNode() && values.contains(label.asText())) == wanted;
      };
    }
    Matcher comparison = COMPARISON.matcher(term);
    if (comparison.matches()) {
      String name = comparison.group(1);
      String value = comparison.group(3);
      boolean equal = !comparison.group(2).equals("!=");
      return object -> {
        JsonNode label = Json.at(object, "metadata", "labels", name);
        return (!label.isMissingNode() && label.asText().equals(value)) == equal;
      };
    }
    String name = term.strip();
    boolean absent = name.startsWith("!");
    String bare = absent ? name.substring(1).strip() : name;
    return object -> Json.at(object, "metadata", "labels").has(bare) != absent;
  }

  private static Predicate<JsonNode> field(String term) {
    Matcher comparison = COMPARISON.matcher(term);
    if (!comparison.matches()) {
      throw ApiFailure.badRequest("invalid field selector: " + term);
    }
    String[] path = comparison.group(1).split("\\.", -1);
    String value = comparison.group(3);
    boolean equal = !comparison.group(2).equals("!=");
    return object -> Json.text(object, path).equals(value) == equal;
  }
}
