package io.tas.dbhub.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.ReadOnlyVerdict;
import io.tas.dbhub.gate.SqlLexer;
import io.tas.dbhub.gate.SqlToken;
import io.tas.dbhub.gate.SqliteBounds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The system tests ask PostgreSQL, MariaDB and SQLite; of SQL Server this is all there is. */
class CatalogueTest {
  private static final Set<ObjectType> NOT_IN_SQLITE =
      EnumSet.of(ObjectType.PROCEDURE, ObjectType.FUNCTION);

  private final Catalogue catalogue = new Catalogue();

  @ParameterizedTest
  @EnumSource
  void everyEngineIsAskedForEveryTypeItHas(DatabaseType engine) {
    for (ObjectType type : EnumSet.complementOf(EnumSet.of(ObjectType.DATABASE))) {
      boolean has = engine != DatabaseType.SQLITE || !NOT_IN_SQLITE.contains(type);
      assertThat(catalogue.question(engine, search(type, false)).isPresent())
          .as(engine + " " + type)
          .isEqualTo(has);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theGateSeesThatOnlyReads(DatabaseType engine) throws Exception {
    for (Catalogue.Question question : questions(engine)) {
      assertThat(new ReadOnlyGate().check(question.sql(), engine))
          .as(question.sql())
          .isEqualTo(new ReadOnlyVerdict.Allowed());
      if (engine == DatabaseType.SQLITE) {
        assertThat(SqliteBounds.check(question.sql())).isEqualTo(new ReadOnlyVerdict.Allowed());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyValueHasItsPlace(DatabaseType engine) throws Exception {
    for (Catalogue.Question question : questions(engine)) {
      int places =
          SqlLexer.read(question.sql(), engine).placeholders(tokens(question, engine)).size();
      assertThat(question.parameters()).as(question.sql()).hasSize(places);
      assertThat(question.sql()).doesNotContain(":pattern", ":schema", ":table", "--");
      assertThat(question.sql().lines()).noneMatch(line -> line.startsWith("+"));
    }
  }

  @Test
  void valuesStandInTheOrderOfTheirPlaces() {
    Catalogue.Question question =
        catalogue
            .question(
                DatabaseType.POSTGRES,
                new Catalogue.Search(ObjectType.INDEX, "p%", "s", "t", false))
            .orElseThrow();

    assertThat(question.parameters().stream().map(JsonNode::asText))
        .containsExactly("p%", "s", "s", "t", "t");
  }

  private static List<SqlToken> tokens(Catalogue.Question question, DatabaseType engine)
      throws Exception {
    return SqlLexer.read(question.sql(), engine).tokens();
  }

  private List<Catalogue.Question> questions(DatabaseType engine) {
    List<Catalogue.Question> questions = new ArrayList<>();
    for (ObjectType type : ObjectType.values()) {
      for (boolean full : List.of(false, true)) {
        catalogue.question(engine, search(type, full)).ifPresent(questions::add);
      }
    }
    return questions;
  }

  private static Catalogue.Search search(ObjectType type, boolean full) {
    return new Catalogue.Search(type, "%", "", "", full);
  }
}
