package io.tas.dbhub.dbhub.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  @Test
  void whatDbhubSendsIsOneMessage() {
    assertThat(ServerSentEvents.messages("event: message\ndata: {\"id\":1}\n\n"))
        .containsExactly("{\"id\":1}");
  }

  @Test
  void severalDataLinesAreOneTextOfSeveralLines() {
    assertThat(ServerSentEvents.messages("data: a\ndata: b\ndata\n\n")).containsExactly("a\nb\n");
  }

  @Test
  void linesEndInAnyOfTheThreeWays() {
    assertThat(ServerSentEvents.messages("data: a\r\n\r\ndata: b\r\rdata: c\n\n"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void commentsUnknownFieldsAndOtherEventsAreLeftOut() {
    String stream = ": ping\n\nid: 7\nretry: 5\ndata: a\n\nevent: other\ndata: b\n\ndata: c\n\n";
    assertThat(ServerSentEvents.messages(stream)).containsExactly("a", "c");
  }

  @Test
  void onlyOneSpaceAfterTheColonIsDropped() {
    assertThat(ServerSentEvents.messages("data:a\n\ndata:  b\n\n")).containsExactly("a", " b");
  }

  @Test
  void anEventThatBreaksOffIsNone() {
    assertThat(ServerSentEvents.messages("data: a\n")).isEmpty();
    assertThat(ServerSentEvents.messages("data: a\n\ndata: b")).containsExactly("a");
    assertThat(ServerSentEvents.messages("")).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstField() {
    assertThat(ServerSentEvents.messages("\uFEFFdata: a\n\n")).containsExactly("a");
  }
}
