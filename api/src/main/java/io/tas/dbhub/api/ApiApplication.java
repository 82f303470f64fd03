package io.tas.dbhub.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tas.dbhub.api.audit.AuditFilter;
import io.tas.dbhub.api.audit.AuditQueue;
import io.tas.dbhub.api.audit.AuditResource;
import io.tas.dbhub.api.audit.JournalHealthCheck;
import io.tas.dbhub.api.auth.AgentTokenVerifier;
import io.tas.dbhub.api.auth.BearerFilter;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Callers;
import io.tas.dbhub.api.batches.BatchParts;
import io.tas.dbhub.api.databases.DatabaseLookup;
import io.tas.dbhub.api.databases.Databases;
import io.tas.dbhub.api.errors.FrameProblems;
import io.tas.dbhub.api.errors.ProblemMapper;
import io.tas.dbhub.api.errors.RequestIds;
import io.tas.dbhub.api.export.ExportResource;
import io.tas.dbhub.api.history.HistoryResource;
import io.tas.dbhub.api.history.QueryJournal;
import io.tas.dbhub.api.history.QuerySettingsResource;
import io.tas.dbhub.api.history.SavedQueriesResource;
import io.tas.dbhub.api.history.SavedSight;
import io.tas.dbhub.api.inventory.InventoryHealthCheck;
import io.tas.dbhub.api.mcp.McpServlet;
import io.tas.dbhub.api.openapi.OpenApiResource;
import io.tas.dbhub.api.operations.DatabaseOperationsResource;
import io.tas.dbhub.api.operations.OperationControl;
import io.tas.dbhub.api.operations.OperationRights;
import io.tas.dbhub.api.operations.OperationsReader;
import io.tas.dbhub.api.operations.OperationsResource;
import io.tas.dbhub.api.operations.TemporalUi;
import io.tas.dbhub.api.query.Changes;
import io.tas.dbhub.api.query.ForgetChanged;
import io.tas.dbhub.api.query.KnownTargets;
import io.tas.dbhub.api.query.QueryAccounts;
import io.tas.dbhub.api.query.QueryCancellationResource;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.api.query.QueryResource;
import io.tas.dbhub.api.query.QueryService;
import io.tas.dbhub.api.query.QueryWorkers;
import io.tas.dbhub.api.schedules.Schedules;
import io.tas.dbhub.api.schema.SchemaChangesResource;
import io.tas.dbhub.api.schema.SchemaReading;
import io.tas.dbhub.api.schema.SchemaResource;
import io.tas.dbhub.api.schema.SchemaSyncs;
import io.tas.dbhub.api.schema.SearchResource;
import io.tas.dbhub.api.schema.TablesResource;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.TemporalHealthCheck;
import io.tas.dbhub.api.tokens.TokenIssuing;
import io.tas.dbhub.api.tokens.TokensResource;
import io.tas.dbhub.core.configuration.CommonPool;
import io.tas.dbhub.core.configuration.EnvironmentValues;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.Journal;
import io.temporal.client.WorkflowClient;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import org.apache.commons.text.StringSubstitutor;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;
import org.neo4j.driver.Driver;

/**
 * The REST API. Puts the parts together and nothing else. Neither Temporal nor Neo4j need to be
 * there when it starts: until they are, what needs them is answered with 503.
 */
public class ApiApplication extends Application<ApiConfiguration> {
  private static final String ROOT = "/api/v1/*";

  public static void main(String[] args) throws Exception {
    CommonPool.atLeastTwo();
    new ApiApplication().run(args);
  }

  @Override
  public String getName() {
    return "dbhub-api";
  }

  @Override
  public void initialize(Bootstrap<ApiConfiguration> bootstrap) {
    EnvironmentValues environment = new EnvironmentValues(System.getenv());
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(),
            new StringSubstitutor(environment::quoted).setDisableSubstitutionInValues(true)));
  }

  @Override
  public void run(ApiConfiguration configuration, Environment environment) throws IOException {
    serialization(environment.getObjectMapper());
    errors(configuration, environment);
    Journal journal = journal(configuration, environment);
    AgentTokenVerifier agents = new AgentTokenVerifier(journal.tokens()::find, Clock.systemUTC());
    Callers callers = configuration.auth().callers(agents);
    authentication(new BearerFilter(callers), environment.jersey());

    KeyRing keys = KeyRing.load(Path.of(configuration.keys()));
    TemporalGateway temporal = temporal(configuration, environment);
    Driver neo4j = neo4j(configuration, environment);
    DatabaseInventory inventory = inventory(neo4j, environment);
    TemporalUi ui =
        new TemporalUi(configuration.temporalUi(), temporal.client().getOptions().getNamespace());

    QueryJournal queryJournal =
        QueryJournal.of(
            journal,
            configuration.queries().perHour(),
            configuration.queries().history().keep(),
            environment);

    JerseyEnvironment jersey = environment.jersey();
    Databases.resources(
            temporal,
            inventory,
            journal.health(),
            keys.sealer(),
            configuration.answerWithin(),
            configuration.testWithin())
        .forEach(jersey::register);
    OperationsReader operations = new OperationsReader(temporal, ui, configuration.answerWithin());
    OperationRights rights = new OperationRights(inventory);
    jersey.register(
        new OperationsResource(
            operations, new OperationControl(temporal, configuration.answerWithin()), rights));
    jersey.register(new DatabaseOperationsResource(operations, rights));
    QueryExecutor queries =
        queries(configuration, inventory, temporal, keys, queryJournal, environment);
    jersey.register(new QueryResource(queries));
    jersey.register(new QueryCancellationResource(queries));
    jersey.register(new ExportResource(queries, exports(environment)));
    schemas(
        new SchemaCatalogue(neo4j),
        new DatabaseLookup(inventory),
        new SchemaSyncs(temporal, configuration.answerWithin()),
        queries,
        jersey);
    mcp(new McpServlet(callers, queries, inventory, environment.getObjectMapper()), environment);
    jersey.register(
        new TokensResource(
            new TokenIssuing(journal.tokens(), agents, inventory, Clock.systemUTC())));
    Schedules.resources(
            temporal,
            inventory,
            new QueryJudge(new ReadOnlyGate()),
            journal.scheduleResults(),
            keys.sealer(),
            configuration.answerWithin(),
            configuration.schedules())
        .forEach(jersey::register);
    BatchParts.resources(
            journal.batches(),
            inventory,
            temporal,
            keys.sealer(),
            configuration.answerWithin(),
            environment)
        .forEach(jersey::register);
    jersey.register(new OpenApiResource());
    audit(journal, environment);
    history(journal, new SavedSight(inventory::find), environment.jersey());
    metrics(environment);
  }

  private static void mcp(McpServlet servlet, Environment environment) {
    environment.servlets().addServlet("mcp", servlet).addMapping("/mcp");
  }

  /** As many as there are exports, which the limits of queries bound. */
  private static ExecutorService exports(Environment environment) {
    return environment
        .lifecycle()
        .executorService("export-%d")
        .minThreads(0)
        .maxThreads(Integer.MAX_VALUE)
        .workQueue(new SynchronousQueue<>())
        .build();
  }

  private static void metrics(Environment environment) {
    PrometheusRegistry registry = new PrometheusRegistry();
    DropwizardExports.builder().dropwizardRegistry(environment.metrics()).register(registry);
    environment
        .admin()
        .addServlet("prometheus", new PrometheusMetricsServlet(registry))
        .addMapping("/metrics");
  }

  /** Tests put another one in its place. */
  protected QueryExecutor queries(
      ApiConfiguration configuration,
      DatabaseInventory inventory,
      TemporalGateway temporal,
      KeyRing keys,
      QueryJournal journal,
      Environment environment) {
    KnownTargets targets = new KnownTargets(inventory::queryTarget);
    environment.jersey().register(new ForgetChanged(targets));
    return new QueryService(
        targets,
        Changes.of(temporal),
        new QueryWorkers(configuration.queries().workers(), keys.queryToken()),
        new QueryJudge(new ReadOnlyGate()),
        configuration.queries().limits(),
        new QueryAccounts(
            journal.rates(),
            configuration.queries().concurrency(),
            journal.history(),
            Clock.systemUTC()));
  }

  private static void serialization(ObjectMapper json) {
    json.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    json.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  private static void errors(ApiConfiguration configuration, Environment environment) {
    if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
      server.setRegisterDefaultExceptionMappers(false);
    }
    FrameProblems frame = new FrameProblems(environment.getObjectMapper());
    environment.getApplicationContext().setErrorHandler(frame);
    environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(frame));
    environment
        .servlets()
        .addFilter("request-ids", new RequestIds())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    JerseyEnvironment jersey = environment.jersey();
    jersey.setUrlPattern(ROOT);
    jersey.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    jersey.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    jersey.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    jersey.register(new ProblemMapper());
  }

  private static void authentication(BearerFilter filter, JerseyEnvironment jersey) {
    jersey.register(new AuthDynamicFeature(filter));
    jersey.register(RolesAllowedDynamicFeature.class);
    jersey.register(new AuthValueFactoryProvider.Binder<>(Caller.class));
  }

  private static Journal journal(ApiConfiguration configuration, Environment environment) {
    Journal journal = configuration.journal().open();
    environment.lifecycle().manage(new AutoCloseableManager(journal));
    environment.healthChecks().register("journal", new JournalHealthCheck(journal));
    return journal;
  }

  /** What writes is stopped before the journal is closed. */
  private static void audit(Journal journal, Environment environment) {
    AuditQueue queue = new AuditQueue(journal, environment.metrics());
    environment.lifecycle().manage(queue);
    environment.jersey().register(new AuditFilter(queue, Clock.systemUTC()));
    environment.jersey().register(new AuditResource(journal));
  }

  private static void history(Journal journal, SavedSight sight, JerseyEnvironment jersey) {
    Clock clock = Clock.systemUTC();
    jersey.register(new HistoryResource(journal.queries()));
    jersey.register(new SavedQueriesResource(journal.savedQueries(), sight, clock));
    jersey.register(new QuerySettingsResource(journal.queries(), clock));
  }

  private static TemporalGateway temporal(ApiConfiguration configuration, Environment environment) {
    WorkflowClient client = configuration.temporal().client();
    environment
        .lifecycle()
        .manage(new AutoCloseableManager(() -> client.getWorkflowServiceStubs().shutdownNow()));
    TemporalGateway temporal =
        new TemporalGateway(
            client,
            environment.lifecycle().scheduledExecutorService("deadlines").threads(1).build());
    environment.healthChecks().register("temporal", new TemporalHealthCheck(temporal));
    return temporal;
  }

  /** What the catalogue knows of the databases' tables. */
  private static void schemas(
      SchemaCatalogue catalogue,
      DatabaseLookup databases,
      SchemaSyncs syncs,
      QueryExecutor queries,
      JerseyEnvironment jersey) {
    SchemaReading reading = new SchemaReading(catalogue, Clock.systemUTC());
    jersey.register(new SchemaResource(databases, reading, syncs));
    jersey.register(new SchemaChangesResource(databases, catalogue));
    jersey.register(new TablesResource(databases, reading, catalogue, queries));
    jersey.register(new SearchResource(catalogue));
  }

  private static Driver neo4j(ApiConfiguration configuration, Environment environment) {
    Driver driver = configuration.inventory().driver();
    environment.lifecycle().manage(new AutoCloseableManager(driver));
    return driver;
  }

  private static DatabaseInventory inventory(Driver neo4j, Environment environment) {
    DatabaseInventory inventory = new DatabaseInventory(neo4j);
    environment.healthChecks().register("inventory", new InventoryHealthCheck(inventory));
    return inventory;
  }
}
