package io.tas.dbhub.activities.jdbc.schema;

/** A target has more than is read. */
final class TooLargeException extends Exception {
  private final String told;

  private TooLargeException(String told) {
    super(told);
    this.told = told;
  }

  /** One sentence, for people. */
  String told() {
    return told;
  }

  static TooLargeException tables(int most) {
    return new TooLargeException(
        "The database has more than %,d tables and views.".formatted(most));
  }

  static TooLargeException columns(int most) {
    return new TooLargeException("The database has more than %,d columns.".formatted(most));
  }

  static TooLargeException name(int most) {
    return new TooLargeException(
        "The database has a name of more than %,d characters.".formatted(most));
  }

  static TooLargeException text() {
    return new TooLargeException("The database's tables have more text than can be read.");
  }
}
