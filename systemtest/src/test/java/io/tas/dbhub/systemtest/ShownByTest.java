package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests that docs/reliability.md names are there: a promise is not shown by a memory. */
class ShownByTest {
  private static final Path ROOT = Path.of("..");

  /** A class, or one of its methods. */
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  /** A row of the table of faults: number, what was measured, what holds here, the tests. */
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+a?) \\|[^|]*\\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

  private final Map<String, String> sources = new HashMap<>();
  private String document = "";

  @BeforeEach
  void read() throws IOException {
    document = Files.readString(ROOT.resolve("docs").resolve("reliability.md"));
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path tests :
          modules
              .map(module -> module.resolve(Path.of("src", "test", "java")))
              .filter(Files::isDirectory)
              .toList()) {
        try (Stream<Path> files = Files.walk(tests)) {
          files.filter(file -> file.toString().endsWith("Test.java")).forEach(this::remember);
        }
      }
    }
  }

  private void remember(Path file) {
    try {
      // Two modules may have a class of one name.
      sources.merge(
          file.getFileName().toString().replace(".java", ""),
          Files.readString(file),
          String::concat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyTestThatIsNamedExists() {
    assertThat(missing(document)).isEmpty();
  }

  @Test
  void everyFaultThatWasMeasuredHasATestOfItsOwn() {
    Map<String, List<String>> methods = new LinkedHashMap<>();
    Matcher row = ROW.matcher(document);
    while (row.find()) {
      methods.put(row.group(1), methods(row.group(2)));
    }

    assertThat(methods.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(IntStream.rangeClosed(1, 20).mapToObj(String::valueOf), Stream.of("3a"))
                .toList());
    assertThat(methods).allSatisfy((fault, tests) -> assertThat(tests).as(fault).isNotEmpty());
    assertThat(methods.values().stream().map(tests -> tests.get(0)))
        .as("the first that a row names is that row's")
        .doesNotHaveDuplicates();
  }

  @Test
  void aNameThatNobodyHasIsFound() {
    assertThat(missing("`ShownByTest.everyTestThatIsNamedExists`, `ShownByTest.no`, `NobodysTest`"))
        .containsExactly("ShownByTest.no", "NobodysTest");
  }

  private List<String> missing(String text) {
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      String method = named.group(2);
      String source = sources.get(named.group(1));
      if (source == null || (method != null && !source.contains(" void " + method + "("))) {
        missing.add(named.group().replace("`", ""));
      }
    }
    return missing;
  }

  private static List<String> methods(String cell) {
    return NAMED
        .matcher(cell)
        .results()
        .filter(named -> named.group(2) != null)
        .map(named -> named.group(1) + "." + named.group(2))
        .toList();
  }
}
