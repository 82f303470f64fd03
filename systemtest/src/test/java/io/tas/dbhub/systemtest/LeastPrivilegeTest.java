package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rights that {@code rbac-worker.yaml} gives are those that the worker needs, and no others.
 */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(RealSystem.class)
class LeastPrivilegeTest {
  /** How long an API server may take to heed a rule that was just written. */
  private static final Duration HEEDED = Duration.ofSeconds(10);

  /** Asked for by the API server itself, of the worker, and so in no line of its log. */
  private static final Set<AuditLog.Right> ASKED_INSIDE =
      Set.of(new AuditLog.Right("dbhub.tas.io", "dbhubinstances/finalizers", "update"));

  private final TestSystem system;

  LeastPrivilegeTest(TestSystem system) {
    this.system = system;
  }

  @Test
  void theWorkerWasDeniedNothing() {
    List<AuditLog.Request> asked = asked();
    Instant installed = installed();

    assertThat(asked).isNotEmpty();
    assertThat(asked.stream().filter(AuditLog.Request::forbidden))
        .filteredOn(request -> request.at().isAfter(installed) && !foreignSecret(request))
        .isEmpty();
  }

  /** A Database may name a Secret of any namespace; that it is not given is how it shall be. */
  private static boolean foreignSecret(AuditLog.Request request) {
    return request.resource().equals("secrets")
        && request.verb().equals("get")
        && !request.namespace().equals(ClusterEngine.NAMESPACE);
  }

  @Test
  void everyRightWasUsed() throws Exception {
    Set<String> others = classesWithTheSystem();
    others.removeAll(system.users().stream().map(Class::getName).collect(Collectors.toSet()));
    judgedAfter(others);

    Set<AuditLog.Right> used =
        asked().stream()
            .filter(request -> !request.forbidden())
            .flatMap(AuditLog.Request::uses)
            .collect(Collectors.toSet());
    assertThat(WorkerRules.ofRoles().stream().flatMap(LeastPrivilegeTest::rights))
        .isNotEmpty()
        .filteredOn(right -> !used.contains(right) && !ASKED_INSIDE.contains(right))
        .isEmpty();
  }

  /** Who asks for some of the tests gets no judgement. The run of all must not end without one. */
  private static void judgedAfter(Set<String> others) {
    if (!others.isEmpty()) {
      String why = "judged when all have run; these have not: " + others;
      if (System.getProperty("test") == null) {
        NeededEngines.demand(why);
      }
      abort(why);
    }
  }

  private List<AuditLog.Request> asked() {
    return new AuditLog(system.kubernetesServer().auditLog())
        .by(ClusterEngine.WORKER.name()).stream()
            .filter(request -> !request.agent().equals(RightsTest.AGENT))
            .toList();
  }

  /** The worker starts before its rights are there, and waits for them. */
  private Instant installed() {
    return Stream.of("dbhub-worker", "dbhub-worker-leader")
        .map(
            name ->
                Instant.parse(
                    system
                        .kubernetes()
                        .rbac()
                        .roleBindings()
                        .inNamespace(ClusterEngine.NAMESPACE)
                        .withName(name)
                        .get()
                        .getMetadata()
                        .getCreationTimestamp()))
        .max(Instant::compareTo)
        .orElseThrow()
        .plus(HEEDED);
  }

  private static Stream<AuditLog.Right> rights(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream()
                                .map(verb -> new AuditLog.Right(group, resource, verb))));
  }

  private static Set<String> classesWithTheSystem() throws Exception {
    Path folder =
        Path.of(
            LeastPrivilegeTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files =
        Files.list(folder.resolve(LeastPrivilegeTest.class.getPackageName().replace('.', '/')))) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.class")).toList()) {
        String name =
            LeastPrivilegeTest.class.getPackageName()
                + "."
                + file.getFileName().toString().replaceAll("\\.class$", "");
        if (usesTheSystem(Class.forName(name))) {
          found.add(name);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("no test classes in " + folder, e);
    }
    // It comes later.
    found.remove(NothingLeaksTest.class.getName());
    return found;
  }

  private static boolean usesTheSystem(Class<?> test) {
    ExtendWith extensions = test.getAnnotation(ExtendWith.class);
    return extensions != null && Arrays.asList(extensions.value()).contains(RealSystem.class);
  }
}
