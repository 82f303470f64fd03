package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The precondition of a change (RFC 9110, 13.1.1): the revisions it is meant for. Compared
 * strongly, so a weak tag never matches.
 *
 * @param any whether any revision will do: {@code *}, or no precondition at all
 * @param tags the opaque tags, with their quotes
 */
public record IfMatch(boolean any, Set<String> tags) {
  public static final String HEADER = "If-Match";

  private static final String TAG = "(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")";
  private static final Pattern LIST =
      Pattern.compile("[ \\t]*(?:" + TAG + "[ \\t]*)?(?:,[ \\t]*(?:" + TAG + "[ \\t]*)?)*");
  private static final Pattern ONE = Pattern.compile(TAG);

  /**
   * @throws ProblemException Invalid for what is no list of entity tags
   */
  public static IfMatch parse(HttpHeaders headers) {
    return parse(headers.getHeaderString(HEADER));
  }

  /**
   * @param header null when none was sent
   */
  static IfMatch parse(@Nullable String header) {
    if (header == null || header.strip().equals("*")) {
      return new IfMatch(true, Set.of());
    }
    boolean sent = false;
    Set<String> tags = new HashSet<>();
    if (header.length() <= 1000 && LIST.matcher(header).matches()) {
      Matcher each = ONE.matcher(header);
      while (each.find()) {
        sent = true;
        if (each.group(1) == null) {
          tags.add(each.group(2));
        }
      }
    }
    if (!sent) {
      throw ProblemException.invalid(
          List.of(new Violation(HEADER, "is the ETag that was answered, a list of them, or *")));
    }
    return new IfMatch(false, tags);
  }

  /**
   * @param revision what the tag of the present state is made of
   * @throws ProblemException RevisionChanged when it is another by now
   */
  void check(long revision) {
    if (!matches(Long.toString(revision))) {
      throw changed();
    }
  }

  /**
   * @param tag of the present state, without its quotes
   */
  public boolean matches(String tag) {
    return any || tags.contains("\"" + tag + "\"");
  }

  static ProblemException changed() {
    return new ProblemException(
        FailureType.REVISION_CHANGED, "The database was changed since it was read.");
  }
}
