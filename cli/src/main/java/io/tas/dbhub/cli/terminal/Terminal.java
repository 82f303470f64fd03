package io.tas.dbhub.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Standard input, output and error. Results go to the output, everything else to the error stream.
 * All in UTF-8. Not thread-safe.
 */
public final class Terminal {
  /** Which of the three a person sees or types, and who asks them. */
  public record Screen(boolean output, boolean errors, boolean colors, Optional<Prompt> prompt) {
    /** Nobody is there. */
    public static Screen none() {
      return new Screen(false, false, false, Optional.empty());
    }
  }

  private final InputStream in;
  private final OutputStream out;
  private final PrintStream err;
  private final Screen screen;

  public Terminal(InputStream in, OutputStream out, OutputStream err, Screen screen) {
    this.in = in;
    this.out = new BufferedOutputStream(out);
    this.err = new PrintStream(err, true, UTF_8);
    this.screen = screen;
  }

  /**
   * This process's. The launcher says which streams are terminals, since Java knows only whether
   * input and output both are.
   *
   * @param environment of the process
   */
  @SuppressWarnings("SystemConsoleNull") // main asks later JVMs to answer as earlier ones do
  public static Terminal ofProcess(Map<String, String> environment) {
    Console console = System.console();
    boolean both = console != null;
    boolean output =
        Boolean.parseBoolean(System.getProperty("dbhubctl.stdout.terminal", "" + both));
    boolean errors =
        Boolean.parseBoolean(System.getProperty("dbhubctl.stderr.terminal", "" + both));
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        new Screen(
            output,
            errors,
            output && errors && wanted,
            Optional.ofNullable(console).map(ConsolePrompt::new)));
  }

  public Screen screen() {
    return screen;
  }

  /** The standard input. */
  public InputStream input() {
    return in;
  }

  /** One line of a result. */
  public void line(String text) {
    text(text + "\n");
  }

  /** One line of a result that is a text of somebody else: harmless where a person sees it. */
  public void name(String text) {
    line(screen.output() ? SafeText.line(text) : text);
  }

  /** A part of a result, as it is. */
  public void text(String text) {
    try {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line beside the result, made harmless. */
  public void note(String text) {
    err.print(SafeText.line(text) + "\n");
  }

  /** Replaces the line that the cursor is in, which stays open: only where errors are seen. */
  public void live(String text) {
    err.print("\r" + SafeText.line(text) + "\u001b[K");
    err.flush();
  }

  /** Takes the open line away. */
  public void endLive() {
    err.print("\r\u001b[K");
    err.flush();
  }

  /**
   * Writes out what has been held back.
   *
   * @throws UncheckedIOException when nobody takes it any more
   */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
