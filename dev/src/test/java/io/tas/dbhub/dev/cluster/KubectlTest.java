package io.tas.dbhub.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What someone sees who looks at the in-memory server with the ordinary tool; skipped without
 * kubectl.
 */
class KubectlTest {

  @TempDir Path directory;
  private MemoryCluster cluster;

  @BeforeEach
  void start() throws IOException {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    assumeTrue(there, "kubectl is not on the PATH");
    cluster = MemoryCluster.start(directory.resolve("cluster"), 0);
  }

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void customResourcesArePrintedWithTheirColumns() throws Exception {
    Path file = directory.resolve("gadget.yaml");
    Files.writeString(file, Definitions.GADGETS);
    assertThat(kubectl("apply", "--server-side", "-f", file.toString()))
        .contains("gadgets.example.io serverside-applied");
    Files.writeString(
        file,
        """
        apiVersion: example.io/v1alpha1
        kind: Gadget
        metadata: {name: first}
        spec: {type: sqlite}
        """);
    assertThat(kubectl("apply", "--server-side", "-f", file.toString()))
        .contains("gadget.example.io/first serverside-applied");
    assertThat(kubectl("get", "gadgets")).matches("(?s)NAME +TYPE +READY +AGE\\s+first +sqlite.*");
    assertThat(kubectl("get", "gd", "first", "-o", "jsonpath={.spec.replicas}")).isEqualTo("1");
    assertThat(kubectl("describe", "gadget", "first")).contains("Kind:         Gadget");
    assertThat(kubectl("scale", "gadget", "first", "--replicas=3")).contains("scaled");
    assertThat(kubectl("patch", "gd", "first", "--type=merge", "-p", "{\"spec\":{\"port\":5}}"))
        .contains("patched");
    Files.writeString(file, Files.readString(file).replace("sqlite", "sqlite, prot: 1"));
    assertThat(kubectl("apply", "--server-side", "-f", file.toString()))
        .contains("unknown field \"spec.prot\"");
    assertThat(kubectl("delete", "gadget", "first")).contains("deleted");
    assertThat(kubectl("get", "gadgets")).contains("No resources found");
  }

  @Test
  void builtInObjectsAreMadeChangedListedAndDeleted() throws Exception {
    Path file = directory.resolve("objects.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: s}
        stringData: {p: x}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: main, image: 'none:1'}
              - {name: side, image: 'side:1'}
        """);
    assertThat(kubectl("apply", "-f", file.toString()))
        .contains("secret/s created")
        .contains("deployment.apps/web created");
    Files.writeString(file, Files.readString(file).replace("side:1", "side:2"));
    assertThat(kubectl("apply", "-f", file.toString())).contains("deployment.apps/web configured");
    assertThat(kubectl("get", "deployment", "web", "-o", "jsonpath={..image}"))
        .isEqualTo("none:1 side:2");
    assertThat(kubectl("set", "image", "deployment/web", "main=none:2")).contains("image updated");
    assertThat(kubectl("label", "secret", "s", "a=b")).contains("labeled");
    assertThat(kubectl("get", "secrets,deployments")).contains("secret/s").contains("/web");
    assertThat(kubectl("get", "secret", "-l", "a=b", "-o", "name")).isEqualTo("secret/s\n");
    assertThat(kubectl("describe", "deployment", "web")).contains("none:2");
    assertThat(kubectl("get", "namespaces")).contains("kube-system");
    assertThat(kubectl("delete", "secret/s", "deployment/web")).contains("\"web\" deleted");
    assertThat(kubectl("get", "secret", "s")).contains("(NotFound)");
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
