package io.tas.dbhub.workflows.instance;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.record;

import io.tas.dbhub.core.instance.AppliedInstance;
import io.tas.dbhub.core.instance.InstanceResources;
import io.tas.dbhub.core.instance.ObserveInstance;
import io.tas.dbhub.core.instance.ObservedInstance;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.instance.ReconcileRequest;
import io.tas.dbhub.core.instance.ServingInventory;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.tas.dbhub.workflows.steps.Pauses;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gather, apply, watch the rollout, write down what is served, wait. */
public final class ReconcileInstanceImpl implements ReconcileInstance {
  /** A burst of changes is over when nothing came for this long … */
  private static final Duration QUIET = Duration.ofMillis(700);

  /** … but a stream of them does not hold up the first for longer than this. */
  private static final Duration LONGEST_GATHERING = Duration.ofSeconds(5);

  private static final Duration DRIFT_CHECK = Duration.ofMinutes(10);

  /** After a change one looks once more: a node made just now may not have been there yet. */
  private static final Duration SETTLE = Duration.ofSeconds(15);

  private static final Duration ROLLOUT = Duration.ofMinutes(3);

  /**
   * For so long a further change does not break off the wait for a rollout. Without it a stream of
   * changes, of which the rollout itself makes some, would keep it from ever being written down.
   */
  private static final Duration UNDISTURBED = Duration.ofSeconds(10);

  /** The change that gave a rollout that time, and writes down each server by itself. */
  private static final String PATIENT = "patient-with-rollouts";

  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_FIRST_LOOK = Duration.ofSeconds(2);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private final InstanceResources resources =
      Workflow.newActivityStub(
          InstanceResources.class, ActivityOptionSets.instance("DBHub instance"));
  private final ServingInventory inventory =
      Workflow.newActivityStub(ServingInventory.class, record(TaskQueues.INVENTORY));

  private boolean changed = true;
  private String lastHash = "";
  private boolean settled = true;

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void reconcile(ReconcileRequest request) {
    ResourceRef instance = request.instance();
    while (true) {
      gather();
      if (reconcileOnce(instance)) {
        inventory.forgetInstance(instance);
        if (!changed) {
          return;
        }
        // Somebody made it again while it was being forgotten.
        continue;
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        // The next run begins by reconciling, so no news is lost.
        Workflow.continueAsNew(request);
      }
      Workflow.await(settled ? DRIFT_CHECK : SETTLE, () -> changed);
    }
  }

  @Override
  public void changed() {
    changed = true;
  }

  private void gather() {
    long until = Workflow.currentTimeMillis() + LONGEST_GATHERING.toMillis();
    do {
      changed = false;
      Workflow.await(QUIET, () -> changed);
    } while (changed && Workflow.currentTimeMillis() < until);
    changed = false;
  }

  /** Answers whether the instance is gone. */
  private boolean reconcileOnce(ResourceRef instance) {
    try {
      Workflow.setCurrentDetails("Applying.");
      AppliedInstance applied = resources.apply(instance);
      if (applied.gone()) {
        return true;
      }
      settled = applied.configHash().equals(lastHash);
      lastHash = applied.configHash();
      Workflow.setCurrentDetails("Waiting for the rollout.");
      ObservedInstance observed =
          patient() ? awaitRollout(applied) : awaitRolloutUnlessChanged(applied);
      Workflow.setCurrentDetails(
          "%s: %d databases at %s, %d replicas."
              .formatted(
                  observed.rolledOut() ? "Served" : "Not rolled out yet",
                  applied.sources().size(),
                  observed.endpoint(),
                  observed.availableReplicas()));
    } catch (ActivityFailure refused) {
      Workflow.setCurrentDetails(
          "Kubernetes refused what was applied; tried again at the next change.");
    }
    return false;
  }

  private static boolean patient() {
    return Workflow.getVersion(PATIENT, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
  }

  /**
   * Looks until everything runs what was applied, it took too long, or something changed again
   * after a while; and writes down which servers serve, also while others are still rolling.
   */
  private ObservedInstance awaitRollout(AppliedInstance applied) {
    long start = Workflow.currentTimeMillis();
    Set<String> written = new LinkedHashSet<>();
    Duration pause = FIRST_LOOK;
    while (true) {
      ObservedInstance observed = resources.observe(ObserveInstance.of(applied));
      long waited = Workflow.currentTimeMillis() - start;
      if (observed.rolledOut()) {
        writeDown(applied, observed);
        return observed;
      }
      if (waited < UNDISTURBED.toMillis()) {
        Workflow.sleep(pause);
        pause = Pauses.doubled(pause, LONGEST_FIRST_LOOK);
      } else {
        writeDownWhatRuns(applied, observed, written);
        if (waited >= ROLLOUT.toMillis() || changed) {
          return observed;
        }
        Workflow.await(pause, () -> changed);
        pause = Pauses.doubled(pause, LONGEST_LOOK);
      }
    }
  }

  private void writeDown(AppliedInstance applied, ObservedInstance observed) {
    ResourceRef instance = applied.instance();
    // Who looked before there were several servers named none; scaled to nothing there are none.
    boolean unnamed = observed.servers().isEmpty() && observed.availableReplicas() > 0;
    inventory.recordServing(
        unnamed
            ? new ServingReport(instance, observed.endpoint(), applied.sources())
            : new ServingReport(
                instance, observed.endpoint(), applied.sources(), observed.servers(), List.of()));
  }

  /**
   * @param written names of the servers that are written down since this was applied; gains those
   *     that are now
   */
  private void writeDownWhatRuns(
      AppliedInstance applied, ObservedInstance observed, Set<String> written) {
    Map<String, String> fresh = new TreeMap<>(observed.servers());
    fresh.keySet().removeAll(written);
    if (fresh.isEmpty()) {
      return;
    }
    ResourceRef instance = applied.instance();
    List<Source> sources =
        applied.sources().stream()
            .filter(source -> fresh.containsKey(source.serverOf(instance)))
            .toList();
    List<String> kept = new ArrayList<>(written);
    kept.addAll(observed.rolling());
    inventory.recordServing(new ServingReport(instance, observed.endpoint(), sources, fresh, kept));
    written.addAll(fresh.keySet());
  }

  /** As it was before {@link #PATIENT}: any change breaks it off, and only the whole counts. */
  private ObservedInstance awaitRolloutUnlessChanged(AppliedInstance applied) {
    long until = Workflow.currentTimeMillis() + ROLLOUT.toMillis();
    Duration pause = FIRST_LOOK;
    while (true) {
      ObservedInstance observed = resources.observe(ObserveInstance.of(applied));
      if (observed.rolledOut()) {
        writeDown(applied, observed);
        return observed;
      }
      if (Workflow.currentTimeMillis() >= until) {
        return observed;
      }
      Workflow.await(pause, () -> changed);
      if (changed) {
        return observed;
      }
      pause = Pauses.doubled(pause, LONGEST_LOOK);
    }
  }
}
