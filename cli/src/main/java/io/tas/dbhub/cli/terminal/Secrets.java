package io.tas.dbhub.cli.terminal;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.nio.file.Path;

/** Reads what must not stand among the arguments, where every process of the machine sees it. */
public final class Secrets {
  private static final int LONGEST = 64 * 1024;

  private final TextInput input;

  public Secrets(Terminal terminal) {
    this.input = new TextInput(terminal, LONGEST);
  }

  /** The file's text without the line's end that editors and echo add. */
  public String ofFile(Path file) {
    return secret(input.ofFile(file), file.toString());
  }

  /** As {@link #ofFile}, from the standard input. */
  public String ofInput() {
    return secret(input.ofInput(), TextInput.STANDARD);
  }

  private static String secret(String text, String source) {
    String secret =
        text.endsWith("\r\n")
            ? text.substring(0, text.length() - 2)
            : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (secret.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, source + " is empty.");
    }
    return secret;
  }
}
