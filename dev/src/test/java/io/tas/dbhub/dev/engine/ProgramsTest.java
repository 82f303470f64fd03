package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that has nothing on its PATH. */
class ProgramsTest {
  private static final String DOWNLOADS = "io.temporal.testing.devServerDownloadBaseUrl";

  @TempDir private Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private HttpServer downloads;
  private Path path;
  private Programs programs;

  @BeforeEach
  void clearTheMachine() throws IOException {
    path = Files.createDirectory(directory.resolve("path"));
    programs =
        new Programs(
            directory.resolve("cache"),
            Map.of("PATH", path.toString()),
            new Progress(new PrintStream(said, true, UTF_8)));
    downloads = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    downloads.start();
    System.setProperty(DOWNLOADS, "http://127.0.0.1:" + downloads.getAddress().getPort());
  }

  @AfterEach
  void closeTheDownloads() {
    System.clearProperty(DOWNLOADS);
    downloads.stop(0);
  }

  @Test
  void withoutGoKubernetesIsUnavailableWithACure() {
    assertThat(programs.kubernetes())
        .isInstanceOfSatisfying(
            Program.Unavailable.class,
            missing -> assertThat(missing.reason()).contains("Install Go 1.21 or newer"));
  }

  @Test
  void anAncientGoIsNoGo() throws IOException {
    script("go", "echo go version go1.19.8 linux/amd64");
    assertThat(programs.kubernetes())
        .isInstanceOfSatisfying(
            Program.Unavailable.class, missing -> assertThat(missing.reason()).contains("older"));
  }

  @Test
  void withoutNpmDbhubIsUnavailableWithACure() {
    assertThat(programs.dbhub())
        .isInstanceOfSatisfying(
            Program.Unavailable.class,
            missing -> assertThat(missing.reason()).contains("Install Node.js with npm"));
  }

  @Test
  void aRecentTemporalOnThePathIsTaken() throws IOException {
    Path temporal = script("temporal", "echo 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'");
    assertThat(programs.temporal().orThrow().executable("temporal")).isEqualTo(temporal);
  }

  @Test
  void withoutGoTemporalIsDownloaded() throws IOException {
    serveTemporal();
    Path temporal = programs.temporal().orThrow().executable("temporal");
    assertThat(temporal).isExecutable().hasContent("#!/bin/sh\n");
    assertThat(said.toString(UTF_8)).contains("downloading Temporal CLI v1.");
  }

  @Test
  void withoutAnyWayTemporalIsUnavailableAndAnOldOneIsNotTaken() throws IOException {
    script("temporal", "echo 'temporal version 1.0.0 (Server 1.25.0, UI 2.30.0)'");
    assertThat(programs.temporal())
        .isInstanceOfSatisfying(
            Program.Unavailable.class,
            missing -> assertThat(missing.reason()).contains("cannot be downloaded"));
  }

  private Path script(String name, String command) throws IOException {
    Path script = Files.writeString(path.resolve(name), "#!/bin/sh\n" + command + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Answers as Temporal's own download site does: an address first, then the archive. */
  private void serveTemporal() throws IOException {
    byte[] archive = archive();
    String base = System.getProperty(DOWNLOADS);
    byte[] info =
        """
        {"archiveUrl": "%s/archive.tar.gz", "fileToExtract": "temporal"}
        """
            .formatted(base)
            .getBytes(UTF_8);
    downloads.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestURI().getPath().startsWith("/cli/") ? info : archive;
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static byte[] archive() throws IOException {
    byte[] content = "#!/bin/sh\n".getBytes(UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry("temporal");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
