package io.tas.dbhub.systemtest.faults;

import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A worker's side of {@link ControlServer}. */
final class Control {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final String worker;

  /**
   * @param worker this worker's name
   */
  Control(URI address, String worker) {
    this.address = address;
    this.worker = worker;
  }

  /** What the activity has to suffer now. Those of health and of instances are left alone. */
  Optional<Fault.Kind> ask(Fault.When when, ActivityInfo activity) {
    if (!Operation.isOne(activity.getWorkflowId())) {
      return Optional.empty();
    }
    URI question =
        address.resolve(
            "/%s/%s/%s/%s/%s"
                .formatted(
                    worker,
                    when,
                    activity.getWorkflowId(),
                    activity.getActivityType(),
                    activity.getActivityId()));
    try {
      String answer =
          http.send(HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return answer.isEmpty() ? Optional.empty() : Optional.of(Fault.Kind.valueOf(answer));
    } catch (IOException e) {
      // The harness is ending.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
