package io.tas.dbhub.worker.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.dropwizard.validation.ValidationMethod;
import io.temporal.common.WorkerDeploymentVersion;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/**
 * Which build of the workers this is, so that Temporal can keep an operation on the build it began
 * on. Both empty: workers are not told apart.
 */
public final class DeploymentFactory {
  /** The same for all builds. Temporal joins the two with a dot. */
  @NotNull
  @Pattern(regexp = "[A-Za-z0-9_-]{0,100}", message = "may hold letters, digits, '-' and '_'")
  public String name = "";

  /** Another for every build that is rolled out, such as its commit. */
  @NotNull
  @Pattern(regexp = "[A-Za-z0-9._-]{0,100}", message = "may hold letters, digits, '.', '-', '_'")
  public String buildId = "";

  @JsonIgnore
  @ValidationMethod(
      message = "temporal.deployment: name and buildId are given together or not at all")
  public boolean isWhole() {
    return name.isEmpty() == buildId.isEmpty();
  }

  public Optional<WorkerDeploymentVersion> version() {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new WorkerDeploymentVersion(name, buildId));
  }
}
