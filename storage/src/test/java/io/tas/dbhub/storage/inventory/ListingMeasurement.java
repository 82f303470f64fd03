package io.tas.dbhub.storage.inventory;

import com.sun.management.OperatingSystemMXBean;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

/**
 * How long a page takes among 100,000 databases in 50 spaces of 10 tenants. Not run with the tests;
 * {@code mvn -pl storage -am -Dtest=ListingMeasurement -Dsurefire.failIfNoSpecifiedTests=false
 * test} prints the figures.
 */
@ExtendWith(EmbeddedNeo4j.class)
class ListingMeasurement {
  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int TENANTS = 10;
  private static final int SPACES = Integer.getInteger("spaces", 50);
  private static final int PER_SPACE = 2_000;
  private static final List<DatabaseType> TYPES = List.of(DatabaseType.values());
  private static final int WARM_UP = 200;
  private static final int SAMPLES = 500;

  @Test
  void measurePages(Driver driver) {
    for (int space = 0; space < SPACES; space++) {
      fill(driver, scope(space));
    }
    DatabaseInventory inventory = new DatabaseInventory(driver);
    ListQuery first = ListQuery.page(1, 100);
    measure("first page", inventory, first);
    measure("last page", inventory, ListQuery.page(PER_SPACE / 100, 100));
    measure("status (1 in 10)", inventory, with(first, DatabaseStatus.FAILED, null, null, null));
    measure("type (1 in 5)", inventory, with(first, null, DatabaseType.MYSQL, null, null));
    measure(
        "status and type",
        inventory,
        with(first, DatabaseStatus.FAILED, DatabaseType.MYSQL, null, null));
    measure("text (1 in 10)", inventory, with(first, null, null, null, "TEAM-3"));
    measure("label env=prod (1 in 3)", inventory, with(first, null, null, "prod", null));
    measure(
        "by name",
        inventory,
        new ListQuery(1, 100, null, null, null, null, null, Sort.NAME_ASC, null));
    measure(
        "by name, last",
        inventory,
        new ListQuery(20, 100, null, null, null, null, null, Sort.NAME_ASC, null));
    measure("20 of first page", inventory, ListQuery.page(1, 20));
    Map<Scope, ListQuery> deep = new HashMap<>();
    for (int space = 0; space < SPACES; space++) {
      DatabasePage page =
          inventory.list(
              scope(space), Onlooker.ofEverything(), ListQuery.page(PER_SPACE / 100 - 1, 100));
      deep.put(scope(space), first.after(page.nextCursor()));
    }
    measure(
        "last page by cursor",
        space -> inventory.list(scope(space), Onlooker.ofEverything(), deep.get(scope(space))));
  }

  private static ListQuery with(
      ListQuery query,
      @Nullable DatabaseStatus status,
      @Nullable DatabaseType type,
      @Nullable String environment,
      @Nullable String text) {
    return new ListQuery(
        query.page(),
        query.pageSize(),
        status,
        type,
        environment == null ? null : "env",
        environment,
        text,
        query.sort(),
        null);
  }

  private static Scope scope(int space) {
    return new Scope("tenant-" + space % TENANTS, "space-" + space);
  }

  private static void measure(String what, DatabaseInventory inventory, ListQuery query) {
    measure(what, space -> inventory.list(scope(space), Onlooker.ofEverything(), query));
  }

  private static void measure(String what, IntFunction<DatabasePage> list) {
    DatabasePage page = list.apply(0);
    for (int i = 0; i < WARM_UP; i++) {
      page = list.apply(i % SPACES);
    }
    long cpu = CPU.getProcessCpuTime();
    long[] nanos = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long begin = System.nanoTime();
      page = list.apply(i % SPACES);
      nanos[i] = System.nanoTime() - begin;
    }
    cpu = CPU.getProcessCpuTime() - cpu;
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-26s %4d of %5d   p50 %6.2f ms   p99 %6.2f ms   max %6.2f ms   cpu %6.2f ms%n",
        what,
        page.databases().size(),
        page.total(),
        nanos[SAMPLES / 2] / 1e6,
        nanos[SAMPLES * 99 / 100] / 1e6,
        nanos[SAMPLES - 1] / 1e6,
        cpu / 1e6 / SAMPLES);
  }

  private static void fill(Driver driver, Scope scope) {
    new InventoryImport(driver)
        .write(IntStream.range(0, PER_SPACE).mapToObj(i -> database(scope, i)).toList());
  }

  private static Database database(Scope scope, int i) {
    String environment = List.of("dev", "test", "prod").get(i % 3);
    DatabaseType type = TYPES.get(i % TYPES.size());
    var definition =
        Samples.definition(
            scope,
            "team-" + i % 10 + "-" + UUID.randomUUID(),
            type,
            Map.of("env", environment, "team", "a"));
    Instant created = Instant.ofEpochSecond(1_780_000_000L + i);
    return new Database(
        definition,
        Samples.secret(definition),
        Samples.resource(definition),
        i % 10 == 7 ? DatabaseStatus.FAILED : DatabaseStatus.CONNECTED,
        "",
        Instant.ofEpochSecond(1_790_000_000L + i),
        created,
        created,
        1);
  }
}
