package io.tas.dbhub.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowDifferenceTest {
  @Test
  void rowsInAnotherOrderAreTheSame() {
    RowDifference difference =
        RowDifference.between(
            "earlier", List.of("[1]", "[2]", "[1]"), List.of("[2]", "[1]", "[1]"), true);

    assertThat(difference.none()).isTrue();
    assertThat(difference.firstAdded()).isEmpty();
    assertThat(difference.comparedWith()).isEqualTo("earlier");
  }

  @Test
  void aRowThatIsThereOnceMoreIsAdded() {
    RowDifference difference =
        RowDifference.between("earlier", List.of("[1]", "[3]"), List.of("[1]", "[1]"), true);

    assertThat(difference.added()).isEqualTo(1);
    assertThat(difference.firstAdded()).containsExactly("[1]");
    assertThat(difference.removed()).isEqualTo(1);
    assertThat(difference.firstRemoved()).containsExactly("[3]");
  }

  @Test
  void allAreCountedAndTheFirstTold() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "[" + i + "]").toList();

    RowDifference difference = RowDifference.between("earlier", List.of(), many, false);

    assertThat(difference.added()).isEqualTo(1000);
    assertThat(difference.firstAdded()).isEqualTo(many.subList(0, RowDifference.MOST_ROWS));
    assertThat(difference.exact()).isFalse();
  }

  @Test
  void ofLongRowsFewerAreTold() {
    List<String> long50 = Collections.nCopies(50, "[\"" + "x".repeat(10_000) + "\"]");

    RowDifference difference = RowDifference.between("earlier", long50, List.of(), true);

    assertThat(difference.removed()).isEqualTo(50);
    assertThat(difference.firstRemoved()).hasSizeBetween(1, 13);
  }
}
