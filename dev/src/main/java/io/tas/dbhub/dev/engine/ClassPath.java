package io.tas.dbhub.dev.engine;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a child JVM of ours needs to find the same classes. */
public final class ClassPath {
  private ClassPath() {}

  /** The class path of this JVM for one that runs in another directory. */
  public static String ofThisProcess() {
    return absolute(System.getProperty("java.class.path"));
  }

  static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
