package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom a change in Kubernetes concerns. What control plane and cluster write themselves
 * (the status of a Database, of a DBHubInstance) concerns nobody: else a probe would write a status
 * that causes the next probe.
 */
final class Changes {
  /** How long the workflow that creates a Database has to start its monitor itself. */
  private static final Duration PROVISIONING = Duration.ofMinutes(1);

  /** Longer than a worker takes to notice that another is dead, whatever its clock says. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final Monitors monitors;
  private final Duration staleAfter;
  private final Clock clock;
  private final Instant started;

  /**
   * @param staleAfter how old a status is that no monitor keeps up
   */
  Changes(Cluster cluster, Monitors monitors, Duration staleAfter, Clock clock) {
    this.cluster = cluster;
    this.monitors = monitors;
    this.staleAfter = staleAfter;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Also what was there already when the watch began. */
  List<Notice> added(DatabaseResource database) {
    List<Notice> notices = instancesThatSelect(database);
    if (!database.beingDeleted()) {
      unmonitored(database).ifPresent(notices::add);
    }
    return notices;
  }

  /** A resync brings the same object twice: the moment to start a monitor that is missing. */
  List<Notice> updated(DatabaseResource before, DatabaseResource after) {
    if (same(before, after)) {
      return stale(after.getStatus()) && !after.beingDeleted()
          ? unmonitored(after).map(List::of).orElse(List.of())
          : List.of();
    }
    if (!desiredChanged(before, after)) {
      return List.of();
    }
    List<Notice> notices = instancesThatSelect(before);
    notices.addAll(instancesThatSelect(after));
    if (!monitors.id(before).equals(monitors.id(after))) {
      notices.add(monitors.gone(before));
    }
    if (!after.beingDeleted()) {
      notices.add(monitors.changed(after));
    }
    return notices;
  }

  List<Notice> deleted(DatabaseResource database) {
    List<Notice> notices = instancesThatSelect(database);
    notices.add(monitors.gone(database));
    return notices;
  }

  List<Notice> addedOrDeleted(DBHubInstance instance) {
    return List.of(new Notice.InstanceChanged(instance.ref()));
  }

  /** There are few instances, so each resync makes sure that every one is looked after. */
  List<Notice> updated(DBHubInstance before, DBHubInstance after) {
    if (same(before, after)) {
      return after.beingDeleted() ? List.of() : List.of(new Notice.InstanceSeen(after.ref()));
    }
    return desiredChanged(before, after)
        ? List.of(new Notice.InstanceChanged(after.ref()))
        : List.of();
  }

  /** A Secret that is new, changed or gone. */
  List<Notice> secretChanged(ResourceRef secret) {
    return secretChanged(secret, any -> true);
  }

  /**
   * A Secret that the watch had not seen before: new, or made while the watch was lost, or there
   * long before this process. Of the middle kind only those hear who wait for one.
   */
  List<Notice> secretAdded(Secret secret) {
    ResourceRef ref =
        new ResourceRef(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
    if (isNew(secret)) {
      return secretChanged(ref);
    }
    return youngerThan(
            Duration.between(started, clock.instant()).plus(PROVISIONING), secret.getMetadata())
        ? secretChanged(ref, SecretUse::waitsForOne)
        : List.of();
  }

  private List<Notice> secretChanged(ResourceRef secret, Predicate<DatabaseResource> concerned) {
    List<Notice> notices = new ArrayList<>();
    cluster
        .databasesWith(secret)
        .filter(concerned)
        .filter(database -> !database.beingDeleted())
        .forEach(
            database -> {
              notices.add(monitors.changed(database));
              notices.addAll(instancesThatSelect(database));
            });
    return notices;
  }

  /**
   * Whether a Secret came up or changed so lately that maybe nobody watched, as while one worker
   * takes over from another. What was so before is no news: the probes that go on anyway read it
   * each time.
   */
  boolean isNew(Secret secret) {
    ObjectMeta metadata = secret.getMetadata();
    return youngerThan(LATELY, metadata)
        || metadata.getManagedFields().stream().anyMatch(write -> within(LATELY, write.getTime()));
  }

  List<Notice> updated(Deployment before, Deployment after) {
    boolean changed =
        !Objects.equals(generation(before), generation(after))
            || !Objects.equals(before.getStatus(), after.getStatus());
    return changed ? owner(after) : List.of();
  }

  List<Notice> updated(Service before, Service after) {
    return desiredChanged(before, after) ? owner(after) : List.of();
  }

  /** An owned object that is gone must come back. */
  List<Notice> ownedDeleted(HasMetadata owned) {
    return owner(owned);
  }

  /**
   * Only then is a monitor looked for: asking Temporal for each of thousands at every resync would
   * delay what really changed.
   */
  private boolean stale(@Nullable DatabaseResourceStatus status) {
    if (status == null || status.lastChecked() == null) {
      return true;
    }
    try {
      return Instant.parse(status.lastChecked()).plus(staleAfter).isBefore(clock.instant());
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  private Optional<Notice> unmonitored(DatabaseResource database) {
    DatabaseResourceStatus status = database.getStatus();
    if (status == null || status.phase() == null) {
      boolean ours = monitors.provisioned(database);
      return ours && youngerThan(PROVISIONING, database.getMetadata())
          ? Optional.empty()
          : Optional.of(monitors.unprobed(database));
    }
    return Optional.of(
        Objects.equals(status.observedGeneration(), generation(database))
                && !SecretUse.waitsForOne(database)
                && !hasNewSecret(database)
            ? monitors.seen(database)
            : monitors.changed(database));
  }

  /** Where both are read at once, a Secret may come before the Database that it concerns. */
  private boolean hasNewSecret(DatabaseResource database) {
    return SecretUse.secretOf(database).flatMap(cluster::secret).filter(this::isNew).isPresent();
  }

  private List<Notice> instancesThatSelect(DatabaseResource database) {
    Map<String, String> labels =
        Optional.ofNullable(database.getMetadata().getLabels()).orElse(Map.of());
    List<Notice> notices = new ArrayList<>();
    cluster
        .instances()
        .filter(instance -> instance.ref().namespace().equals(database.ref().namespace()))
        .filter(
            instance ->
                instance
                    .settings()
                    .databaseSelector()
                    .selects(database.getMetadata().getName(), labels))
        .forEach(instance -> notices.add(new Notice.InstanceChanged(instance.ref())));
    return notices;
  }

  private static List<Notice> owner(HasMetadata owned) {
    Map<String, String> labels = owned.getMetadata().getLabels();
    String instance = labels == null ? null : labels.get(Kubernetes.INSTANCE);
    return instance == null
        ? List.of()
        : List.of(
            new Notice.InstanceChanged(
                new ResourceRef(owned.getMetadata().getNamespace(), instance)));
  }

  private static boolean same(HasMetadata before, HasMetadata after) {
    return Objects.equals(
        before.getMetadata().getResourceVersion(), after.getMetadata().getResourceVersion());
  }

  private static boolean desiredChanged(HasMetadata before, HasMetadata after) {
    ObjectMeta old = before.getMetadata();
    ObjectMeta fresh = after.getMetadata();
    return !Objects.equals(old.getGeneration(), fresh.getGeneration())
        || !Objects.equals(old.getUid(), fresh.getUid())
        || !Objects.equals(old.getLabels(), fresh.getLabels())
        || !Objects.equals(old.getAnnotations(), fresh.getAnnotations())
        || !Objects.equals(old.getDeletionTimestamp(), fresh.getDeletionTimestamp());
  }

  private static Long generation(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
  }

  private boolean youngerThan(Duration age, ObjectMeta metadata) {
    return within(age, metadata.getCreationTimestamp());
  }

  private boolean within(Duration age, @Nullable String time) {
    try {
      return Instant.parse(String.valueOf(time)).plus(age).isAfter(clock.instant());
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
