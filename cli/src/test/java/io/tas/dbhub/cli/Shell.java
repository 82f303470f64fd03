package io.tas.dbhub.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tas.dbhub.cli.session.Surroundings;
import io.tas.dbhub.cli.terminal.Prompt;
import io.tas.dbhub.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody at a command line: what they type, and what they see. */
public final class Shell {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Optional<Path> local = Optional.empty();
  private boolean screen;
  private String input = "";
  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteArrayOutputStream err = new ByteArrayOutputStream();

  public Shell(Path home) {
    this.home = home;
  }

  /** With a token for the server, in the environment. */
  public static Shell loggedIn(Path home, StandInApi api) {
    return new Shell(home).set("DBHUB_URL", api.url()).set("DBHUB_TOKEN", "a.good.token");
  }

  public Shell set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Shell inCheckout(Path data) {
    local = Optional.of(data);
    return this;
  }

  /** At a terminal, with these answers to whatever is asked. */
  public Shell atTerminal(String... given) {
    screen = true;
    answers.addAll(List.of(given));
    return this;
  }

  public Shell piping(String text) {
    input = text;
    return this;
  }

  public int run(String... args) {
    out = new ByteArrayOutputStream();
    err = new ByteArrayOutputStream();
    Terminal.Screen seen =
        screen
            ? new Terminal.Screen(true, true, false, Optional.of(new Answers()))
            : Terminal.Screen.none();
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err, seen);
    return Dbhubctl.run(new Surroundings(terminal, environment, home, local, pauses::add), args);
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }

  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  private final class Answers implements Prompt {
    @Override
    public String ask(String question) {
      return answers.isEmpty() ? "" : answers.remove();
    }

    @Override
    public String askSecretly(String question) {
      return ask(question);
    }
  }
}
