package io.tas.dbhub.cli.terminal;

import java.io.Console;

/** Asks through the JVM's console, which writes to the terminal and not to standard output. */
final class ConsolePrompt implements Prompt {
  private final Console console;

  ConsolePrompt(Console console) {
    this.console = console;
  }

  @Override
  public String ask(String question) {
    String answer = console.readLine("%s", question);
    return answer == null ? "" : answer;
  }

  @Override
  public String askSecretly(String question) {
    char[] answer = console.readPassword("%s", question);
    return answer == null ? "" : new String(answer);
  }
}
