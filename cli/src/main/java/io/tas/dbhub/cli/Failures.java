package io.tas.dbhub.cli;

import io.tas.dbhub.cli.config.GlobalOptions;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells why a command failed, and says so with its exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;
  private final GlobalOptions options;

  Failures(Terminal terminal, GlobalOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    return tell(e);
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    StringWriter similar = new StringWriter();
    if (!UnmatchedArgumentException.printSuggestions(e, new PrintWriter(similar, true))) {
      similar.getBuffer().setLength(0);
    }
    tell(String.valueOf(e.getMessage()));
    similar.toString().lines().forEach(terminal::note);
    terminal.note("Help: " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  int tell(Exception e) {
    if (e instanceof CommandFailure failure) {
      tell(String.valueOf(failure.getMessage()));
      failure.details().forEach(detail -> terminal.note("  " + detail));
      return failure.exitCode().code();
    }
    if (e instanceof UncheckedIOException io) {
      tell(io);
      return ExitCode.FAILED.code();
    }
    tell("Something went wrong that nothing foresaw: " + e.getClass().getName());
    if (options.verbose()) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      trace.toString().lines().forEach(terminal::note);
    }
    return ExitCode.FAILED.code();
  }

  /** Whoever reads the output may stop when they have enough, as head does. */
  private void tell(UncheckedIOException e) {
    String reason = String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
    if (!reason.equals("Broken pipe")) {
      tell("Input or output failed: " + reason);
    }
  }

  private void tell(String message) {
    terminal.note(Dbhubctl.NAME + ": " + message);
  }
}
