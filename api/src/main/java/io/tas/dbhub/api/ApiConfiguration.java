package io.tas.dbhub.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.tas.dbhub.api.auth.AuthFactory;
import io.tas.dbhub.api.inventory.InventoryFactory;
import io.tas.dbhub.api.query.QueriesFactory;
import io.tas.dbhub.api.schedules.SchedulesFactory;
import io.tas.dbhub.api.temporal.TemporalFactory;
import io.tas.dbhub.storage.journal.JournalFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

/** What the API is told at start; api.yml shows it all with its defaults. */
public final class ApiConfiguration extends Configuration {
  @Valid @NotNull private TemporalFactory temporal = new TemporalFactory();
  @Valid @NotNull private InventoryFactory inventory = new InventoryFactory();
  @NotNull private JournalFactory journal = new JournalFactory();
  @Valid @NotNull private AuthFactory auth = new AuthFactory();
  @Valid @NotNull private QueriesFactory queries = new QueriesFactory();
  @Valid @NotNull private SchedulesFactory schedules = new SchedulesFactory();
  @NotEmpty private String keys = "";
  @NotNull private String temporalUi = "";
  @NotNull private Duration answerWithin = Duration.seconds(5);
  @NotNull private Duration testWithin = Duration.seconds(45);

  public TemporalFactory temporal() {
    return temporal;
  }

  public InventoryFactory inventory() {
    return inventory;
  }

  public JournalFactory journal() {
    return journal;
  }

  public AuthFactory auth() {
    return auth;
  }

  public QueriesFactory queries() {
    return queries;
  }

  public SchedulesFactory schedules() {
    return schedules;
  }

  public String keys() {
    return keys;
  }

  public String temporalUi() {
    return temporalUi;
  }

  public java.time.Duration answerWithin() {
    return answerWithin.toJavaDuration();
  }

  public java.time.Duration testWithin() {
    return testWithin.toJavaDuration();
  }

  @JsonProperty
  public void setTemporal(TemporalFactory temporal) {
    this.temporal = temporal;
  }

  @JsonProperty
  public void setInventory(InventoryFactory inventory) {
    this.inventory = inventory;
  }

  @JsonProperty
  public void setJournal(JournalFactory journal) {
    this.journal = journal;
  }

  @JsonProperty
  public void setAuth(AuthFactory auth) {
    this.auth = auth;
  }

  @JsonProperty
  public void setQueries(QueriesFactory queries) {
    this.queries = queries;
  }

  @JsonProperty
  public void setSchedules(SchedulesFactory schedules) {
    this.schedules = schedules;
  }

  /** The folder of the key sets that API and workers share. */
  @JsonProperty
  public void setKeys(String keys) {
    this.keys = keys;
  }

  /** The address of Temporal's UI that operations link to; empty for no links. */
  @JsonProperty
  public void setTemporalUi(String temporalUi) {
    this.temporalUi = temporalUi;
  }

  /** How long a request waits for an operation before it is answered with 202. */
  @JsonProperty
  public void setAnswerWithin(Duration answerWithin) {
    this.answerWithin = answerWithin;
  }

  /** How long a request waits for the test of a connection. */
  @JsonProperty
  public void setTestWithin(Duration testWithin) {
    this.testWithin = testWithin;
  }
}
