package io.tas.dbhub.cli.terminal;

/** Asks the person at the terminal. */
public interface Prompt {
  /**
   * The answer, in one line; empty when the person ends the input instead.
   *
   * @param question with what stands before the answer
   */
  String ask(String question);

  /** As {@link #ask}, without showing what is typed. */
  String askSecretly(String question);
}
