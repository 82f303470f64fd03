package io.tas.dbhub.api.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import io.tas.dbhub.api.history.HistoryFactory;
import io.tas.dbhub.api.limits.ConcurrencyLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What queries may take of the API: each holds a thread, and its answer in memory. */
public final class QueriesFactory {
  @Min(1)
  private int concurrent = 32;

  @Min(1)
  private int perUser = 8;

  @Min(1)
  private int perDatabase = 16;

  @Min(0)
  private int perHour = 100;

  @Valid @NotNull private HistoryFactory history = new HistoryFactory();

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  private Duration within = Duration.minutes(5);

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  private Duration exportWithin = Duration.minutes(10);

  @NotNull private List<String> workers = List.of("http://127.0.0.1:8083");
  @NotNull private DataSize answerBytes = DataSize.mebibytes(8);
  @NotNull private DataSize agentBytes = DataSize.kibibytes(256);
  @NotNull private DataSize exportBytes = DataSize.gibibytes(1);

  public QueryLimits limits() {
    return new QueryLimits(
        within.toJavaDuration(),
        exportWithin.toJavaDuration(),
        answerBytes.toBytes(),
        agentBytes.toBytes(),
        exportBytes.toBytes());
  }

  /** Where the workers listen that run queries. */
  public WorkerAddresses workers() {
    return new WorkerAddresses(workers);
  }

  /** Each as {@code http://host:port}; all the addresses that a name has are used. */
  @JsonProperty
  public void setWorkers(List<String> workers) {
    this.workers = workers;
  }

  /** What an answer holds at most; what comes beyond is cut off. */
  @JsonProperty
  public void setAnswerBytes(DataSize answerBytes) {
    this.answerBytes = answerBytes;
  }

  /** What an answer to an agent holds at most: it has to read all of it. */
  @JsonProperty
  public void setAgentBytes(DataSize agentBytes) {
    this.agentBytes = agentBytes;
  }

  /** What an export holds at most. */
  @JsonProperty
  public void setExportBytes(DataSize exportBytes) {
    this.exportBytes = exportBytes;
  }

  /** The caller gives every process one. */
  public ConcurrencyLimits concurrency() {
    return new ConcurrencyLimits(concurrent, perUser, perDatabase);
  }

  public int perHour() {
    return perHour;
  }

  public HistoryFactory history() {
    return history;
  }

  /** How many run at once; what comes beyond is answered with 429. */
  @JsonProperty
  public void setConcurrent(int concurrent) {
    this.concurrent = concurrent;
  }

  /** How long an export may take from its first row on. */
  @JsonProperty
  public void setExportWithin(Duration exportWithin) {
    this.exportWithin = exportWithin;
  }

  /** How long one may take, whatever its connection's own timeouts say. */
  @JsonProperty
  public void setWithin(Duration within) {
    this.within = within;
  }

  /** How many of one user run at once. */
  @JsonProperty
  public void setPerUser(int perUser) {
    this.perUser = perUser;
  }

  /** How many run at once on one database. */
  @JsonProperty
  public void setPerDatabase(int perDatabase) {
    this.perDatabase = perDatabase;
  }

  /** How many a user may begin within an hour, in all APIs together; 0 for any number. */
  @JsonProperty
  public void setPerHour(int perHour) {
    this.perHour = perHour;
  }

  @JsonProperty
  public void setHistory(HistoryFactory history) {
    this.history = history;
  }
}
