package io.tas.dbhub.core.audit;

import io.tas.dbhub.core.model.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query as it was asked. Parameters' values are no part of it.
 *
 * @param id a UUID, made when it was asked
 * @param actor the subject who asked
 * @param source the address the request came from; empty when unknown
 * @param databaseName the database's name at the time; empty when unknown
 * @param text as it was sent; null where only its hash is kept
 * @param sha256 of the text as it was sent, in UTF-8: 64 hexadecimal digits
 */
public record AskedQuery(
    String id,
    Scope scope,
    String actor,
    String source,
    QueryChannel channel,
    String databaseId,
    String databaseName,
    @Nullable String text,
    String sha256,
    Instant startedAt) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public AskedQuery {
    if (!HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException("a hash has 64 hexadecimal digits");
    }
  }

  /** The same with the hash of its text. */
  public static AskedQuery of(
      String id,
      Scope scope,
      String actor,
      String source,
      QueryChannel channel,
      String databaseId,
      String databaseName,
      String text,
      Instant startedAt) {
    return new AskedQuery(
        id, scope, actor, source, channel, databaseId, databaseName, text, hash(text), startedAt);
  }

  /** The same, of whose text only the hash is left. */
  public AskedQuery withoutText() {
    return new AskedQuery(
        id, scope, actor, source, channel, databaseId, databaseName, null, sha256, startedAt);
  }

  /** How it ended. */
  public QueryRecord ended(
      QueryOutcome outcome, long durationMs, long rows, boolean truncated, String error) {
    return new QueryRecord(this, outcome, durationMs, rows, truncated, error);
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Without the text: what somebody asks is nothing for a log. */
  @Override
  public String toString() {
    return "AskedQuery[" + id + ", sha256:" + sha256 + "]";
  }
}
