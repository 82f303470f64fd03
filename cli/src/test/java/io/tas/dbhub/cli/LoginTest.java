package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
import static io.tas.dbhub.cli.StandInApi.Reply.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  @TempDir private Path home;
  private StandInApi api;

  @BeforeEach
  void start() throws IOException {
    api = new StandInApi().on("GET", "databases", json(200, "{\"databases\":[],\"total\":0}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aTokenTypedAtThePromptIsStoredForItsOwnerOnly() throws IOException {
    Shell shell = new Shell(home).atTerminal(api.url() + "/api/v1/", "typed.secret.token");
    assertThat(shell.run("login")).as(shell.err()).isZero();

    Path file = home.resolve(".config/dbhub/config.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).as("no half of a file is left").containsExactly(file);
    }
    assertThat(shell.out() + shell.err()).doesNotContain("typed.secret.token");

    assertThat(new Shell(home).run("databases", "list")).isZero();
    assertThat(api.requests().get(1).headers().getFirst("Authorization"))
        .isEqualTo("Bearer typed.secret.token");
  }

  @Test
  void aRefusedTokenIsNotStored() {
    api.on("GET", "databases", problem(401, "{\"title\":\"Unauthenticated\"}"));
    Shell shell = new Shell(home).piping("bad-token\n");
    assertThat(shell.run("login", "--url", api.url(), "--token-stdin")).isEqualTo(4);
    assertThat(home.resolve(".config")).doesNotExist();
  }

  @Test
  void theConfigurationLiesWhereTheEnvironmentSays() {
    Shell shell =
        new Shell(home).set("XDG_CONFIG_HOME", home.resolve("chosen").toString()).piping("t.o.k");
    assertThat(shell.run("login", "--url", api.url(), "--token-stdin")).as(shell.err()).isZero();
    assertThat(home.resolve("chosen/dbhub/config.json")).exists();
  }

  @Test
  void loggingOutForgetsTheTokenAndKeepsTheServer() throws IOException {
    new Shell(home).piping("t.o.k").run("login", "--url", api.url(), "--token-stdin");
    assertThat(new Shell(home).run("logout")).isZero();
    assertThat(Files.readString(home.resolve(".config/dbhub/config.json")))
        .contains(api.url())
        .doesNotContain("t.o.k");
    Shell shell = new Shell(home);
    assertThat(shell.run("databases", "list")).isEqualTo(4);
    assertThat(shell.err()).contains("dbhubctl login");
  }

  @Test
  void severalServersAreKeptUnderTheirNames() throws IOException {
    try (StandInApi other =
        new StandInApi().on("GET", "databases", json(200, "{\"databases\":[],\"total\":7}"))) {
      new Shell(home)
          .piping("one")
          .run("login", "--context", "one", "--url", api.url(), "--token-stdin");
      new Shell(home)
          .piping("two")
          .run("login", "--context", "two", "--url", other.url(), "--token-stdin");
      Shell shell = new Shell(home);
      assertThat(shell.run("status", "--context", "one")).isZero();
      assertThat(shell.out()).contains(api.url());
      assertThat(shell.run("--context", "two", "status")).isZero();
      assertThat(shell.out()).contains(other.url(), "7 databases");
      assertThat(shell.run("status", "--context", "three")).isEqualTo(2);
    }
  }

  @Test
  void aStoredTokenGoesToNoOtherServer() throws IOException {
    new Shell(home).piping("t.o.k").run("login", "--url", api.url(), "--token-stdin");
    try (StandInApi other = new StandInApi()) {
      Shell shell = new Shell(home);
      assertThat(shell.run("databases", "list", "--url", other.url())).isEqualTo(4);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void whoNamesAContextMeansItWhateverTheEnvironmentSays() {
    new Shell(home)
        .piping("stored")
        .run("login", "--context", "one", "--url", api.url(), "--token-stdin");
    Shell shell =
        new Shell(home)
            .set("DBHUB_URL", "https://elsewhere.example.com")
            .set("DBHUB_TOKEN", "from-environment");
    assertThat(shell.run("databases", "list", "--context", "one")).as(shell.err()).isZero();
    assertThat(api.requests().get(1).headers().getFirst("Authorization"))
        .isEqualTo("Bearer stored");
  }

  @Test
  void aTokenIsNeverAnArgument() {
    Shell shell = new Shell(home);
    assertThat(shell.run("login", "--url", api.url(), "--token", "t.o.k")).isEqualTo(2);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void aTokenIsNotSentInClearToAnotherMachine() {
    Shell shell = new Shell(home).set("DBHUB_TOKEN", "t.o.k");
    assertThat(shell.run("databases", "list", "--url", "http://dbhub.example.com")).isEqualTo(2);
    assertThat(shell.err()).contains("--insecure-http");
  }

  @Test
  void aTokenThatNoHeaderTakesIsNotQuoted() {
    Shell shell = new Shell(home).set("DBHUB_URL", api.url()).set("DBHUB_TOKEN", "two\nsecrets");
    assertThat(shell.run("databases", "list", "--verbose")).isEqualTo(2);
    assertThat(shell.err()).contains("token is not valid").doesNotContain("secrets");
  }

  @Test
  void aDamagedConfigurationIsNotQuoted() throws IOException {
    new Shell(home).piping("t.o.k").run("login", "--url", api.url(), "--token-stdin");
    Path file = home.resolve(".config/dbhub/config.json");
    Files.writeString(file, Files.readString(file).replace("\"token\"", "token"));
    Shell shell = new Shell(home);
    assertThat(shell.run("databases", "list")).isEqualTo(2);
    assertThat(shell.err()).contains(file.toString()).doesNotContain("t.o.k");
  }

  @Test
  void theSystemOfTheCheckoutIsFoundWithoutConfiguration() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    Files.writeString(
        data.resolve("env"),
        "export DBHUB_URL='%s'%nexport DBHUB_SPACE='default'%n".formatted(api.url()));
    Files.writeString(data.resolve("token"), "local.dev.token");
    Shell shell = new Shell(home).inCheckout(data);
    assertThat(shell.run("databases", "list")).as(shell.err()).isZero();
    assertThat(api.requests().get(0).headers())
        .containsEntry("Authorization", java.util.List.of("Bearer local.dev.token"))
        .containsEntry("X-space-id", java.util.List.of("default"));
  }

  @Test
  void theEnvironmentGoesBeforeTheFileAndOptionsBeforeBoth() throws IOException {
    new Shell(home).piping("stored").run("login", "--url", api.url(), "--token-stdin");
    Path file = Files.writeString(home.resolve("token"), "from-option\n");
    new Shell(home).set("DBHUB_TOKEN", "from-environment").run("databases", "list");
    new Shell(home)
        .set("DBHUB_TOKEN", "from-environment")
        .run("databases", "list", "--token-file", file.toString());
    assertThat(api.requests())
        .extracting(request -> request.headers().getFirst("Authorization"))
        .containsExactly("Bearer stored", "Bearer from-environment", "Bearer from-option");
  }
}
