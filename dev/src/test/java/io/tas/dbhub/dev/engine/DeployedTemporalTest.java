package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What production gets is what was tested here. */
class DeployedTemporalTest {
  private static final Path DEPLOY = Path.of("..", "deploy", "temporal");

  @Test
  void theDynamicConfigurationIsTheSame() throws IOException {
    Map<String, String> deployed =
        Pattern.compile("^([a-z]+\\.\\w+):\\n  - value: (\\w+)$", Pattern.MULTILINE)
            .matcher(Files.readString(DEPLOY.resolve("dynamicconfig.yaml")))
            .results()
            .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
    assertThat(deployed).isEqualTo(TemporalServer.DYNAMIC_CONFIG);
  }

  @Test
  void theSearchAttributesAreTheSame() throws IOException {
    List<String> deployed =
        Pattern.compile("^(Dbhub\\w+) (\\w+)$", Pattern.MULTILINE)
            .matcher(Files.readString(DEPLOY.resolve("setup.sh")))
            .results()
            .map(DeployedTemporalTest::assignment)
            .toList();
    assertThat(deployed).hasSameElementsAs(TemporalServer.SEARCH_ATTRIBUTES);
  }

  @Test
  void noSearchAttributeOfTheModelIsForgotten() {
    assertThat(SearchAttributes.class.getFields())
        .filteredOn(field -> field.getType().equals(SearchAttributeKey.class))
        .hasSameSizeAs(TemporalServer.SEARCH_ATTRIBUTES);
  }

  private static String assignment(MatchResult line) {
    return line.group(1) + "=" + line.group(2);
  }
}
