package io.tas.dbhub.cli;

import io.tas.dbhub.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "completion",
    description = "Prints a script for bash and zsh: source <(dbhubctl completion)")
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Supplier<CommandLine> root;

  /**
   * @param root the whole command line, known when it is asked for
   */
  CompletionCommand(Terminal terminal, Supplier<CommandLine> root) {
    this.terminal = terminal;
    this.root = root;
  }

  @Override
  public Integer call() {
    terminal.text(AutoComplete.bash(Dbhubctl.NAME, root.get()));
    return 0;
  }
}
