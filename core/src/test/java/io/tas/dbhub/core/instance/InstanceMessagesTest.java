package io.tas.dbhub.core.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.ResourceRef;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceMessagesTest {
  private static final ResourceRef INSTANCE = new ResourceRef("ns", "dbhub");

  private final DataConverter converter = DefaultDataConverter.newDefaultInstance();

  @Test
  void whatWasSentBeforeThereWereSeveralServersIsOfTheOnlyOne() throws Exception {
    assertThat(
            read(
                "{'resource':{'namespace':'ns','name':'db-1'},'databaseId':'1','sourceId':'db_1'}",
                Source.class))
        .isEqualTo(source("db-1"));
    assertThat(source("db-1").serverOf(INSTANCE)).isEqualTo("dbhub");
    assertThat(
            read(
                "{'rolledOut':true,'availableReplicas':1,'endpoint':'http://hub'}",
                ObservedInstance.class))
        .isEqualTo(new ObservedInstance(true, 1, "http://hub"));
    assertThat(
            read(
                "{'instance':{'namespace':'ns','name':'dbhub'},'endpoint':'http://hub','sources':[]}",
                ServingReport.class))
        .isEqualTo(new ServingReport(INSTANCE, "http://hub", List.of()));
    assertThat(
            read(
                    "{'instance':{'namespace':'ns','name':'dbhub'},'generation':1,'configHash':'h',"
                        + "'databases':['a','b'],'problems':[]}",
                    ObserveInstance.class)
                .servers())
        .isEqualTo(Map.of("dbhub", 2));
  }

  @Test
  void whatIsSentComesBackAsItWas() {
    ServingReport report =
        new ServingReport(
            INSTANCE,
            "http://hub",
            List.of(source("db-1").on("dbhub-1")),
            Map.of("dbhub-1", "http://one"),
            List.of("dbhub"));

    assertThat(back(report, ServingReport.class)).isEqualTo(report);
    ObservedInstance observed =
        new ObservedInstance(
            false, 0, "http://hub", Map.of("dbhub", "http://hub"), List.of("dbhub-1"));
    assertThat(back(observed, ObservedInstance.class)).isEqualTo(observed);
  }

  @Test
  void whatIsLookedForSaysHowManyDatabasesEachServerHas() {
    AppliedInstance applied =
        new AppliedInstance(
            INSTANCE,
            false,
            1,
            "h",
            List.of(source("a").on("dbhub-1"), source("b").on("dbhub-1")),
            List.of());

    assertThat(ObserveInstance.of(applied).servers()).isEqualTo(Map.of("dbhub", 0, "dbhub-1", 2));
    assertThat(ObserveInstance.of(applied).databases()).containsExactly("a", "b");
  }

  private <T> T back(T message, Class<T> type) {
    return converter.fromPayload(converter.toPayload(message).orElseThrow(), type, type);
  }

  /** As the SDK reads it. */
  private static <T> T read(String json, Class<T> type) throws Exception {
    return JacksonJsonPayloadConverter.newDefaultObjectMapper()
        .readValue(json.replace('\'', '"'), type);
  }

  private static Source source(String name) {
    return new Source(new ResourceRef("ns", name), "1", name.replace('-', '_'));
  }
}
