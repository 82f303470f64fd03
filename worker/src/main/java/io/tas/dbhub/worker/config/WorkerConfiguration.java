package io.tas.dbhub.worker.config;

import io.dropwizard.core.Configuration;
import io.tas.dbhub.storage.journal.JournalFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

/** What a worker process is told. Every value has a default that works beside a local Temporal. */
public final class WorkerConfiguration extends Configuration {
  @Valid public TemporalFactory temporal = new TemporalFactory();
  @Valid public InventoryFactory inventory = new InventoryFactory();
  @NotNull public JournalFactory journal = new JournalFactory();
  @Valid public KubernetesFactory kubernetes = new KubernetesFactory();

  /** Not {@code health}: that group is Dropwizard's own, and would take the values for itself. */
  @Valid public HealthFactory monitoring = new HealthFactory();

  @Valid public ProbesFactory probes = new ProbesFactory();
  @Valid public DbhubFactory dbhub = new DbhubFactory();
  @Valid @NotNull public QueriesFactory queries = new QueriesFactory();

  @Valid @NotNull public SchemasFactory schemas = new SchemasFactory();
  @Valid @NotNull public SchedulesFactory schedules = new SchedulesFactory();
  @Valid public SlotsFactory slots = new SlotsFactory();

  /** The folder with the key sets that API and workers share. */
  @NotEmpty public String keys = "/etc/dbhub/keys";
}
