package io.tas.dbhub.api.batches.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReadersTest {
  private static final String SECRET = "hunter2";

  @Test
  void aCsvRowIsTheFieldsOfRest() {
    List<FileRow> rows =
        rows(
            FileFormat.CSV,
            """
            name,type,host,port,readonly,password,labels,label.env,max_rows
            Orders,postgres,db.test,5432,false,%s,"team=sales;tier=1",prod,
            """
                .formatted(SECRET));

    assertThat(rows).hasSize(1);
    ObjectNode fields = rows.get(0).fields();
    assertThat(fields.path("port").isIntegralNumber()).isTrue();
    assertThat(fields.path("readonly").isBoolean()).isTrue();
    assertThat(fields.has("max_rows")).isFalse();
    assertThat(fields.path("labels").toString())
        .isEqualTo("{\"team\":\"sales\",\"tier\":\"1\",\"env\":\"prod\"}");
    assertThat(rows.get(0).toString()).doesNotContain(SECRET);
  }

  @Test
  void rowsKnowTheLineTheyBeginIn() {
    List<FileRow> rows =
        rows(
            FileFormat.CSV,
            "name,description\r\n\r\n\"a\",\"one\r\ntwo\"\r\nb,x\n\n\nc,\"1\n2\n3\"\nd,y");

    assertThat(rows).extracting(FileRow::line).containsExactly(3L, 5L, 8L, 11L);
    assertThat(rows.get(0).fields().path("description").asText()).isEqualTo("one\r\ntwo");
  }

  @Test
  void aRowWithOtherCellsThanTheHeaderIsOneBadRowAndShowsNothing() {
    List<FileRow> rows =
        rows(FileFormat.CSV, "name,password\na\nb," + SECRET + ",more\nc," + SECRET + "\n");

    assertThat(rows).extracting(row -> row.violations().size()).containsExactly(1, 1, 0);
    assertThat(rows.get(0).violations().get(0).message())
        .isEqualTo("are 1 in this row, and 2 in the header");
    assertThat(rows.get(1).fields()).isEmpty();
    assertThat(rows.get(1).violations().toString()).doesNotContain(SECRET);
  }

  @Test
  void wrongColumnsAreToldOnce() {
    assertThatThrownBy(() -> rows(FileFormat.CSV, "name,Host,port,name,user\na,b,1,c,d\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("column 'Host' is not known, column 'name' is there twice")
        .hasMessageContaining("connection_string");
  }

  @Test
  void aFileWithoutAHeaderIsNotRepeatedInTheRefusal() {
    assertThatThrownBy(() -> rows(FileFormat.CSV, "a,postgres,h,reader," + SECRET + "\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("column number 5 is not known")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name\nok\n\"a\"b\n", "name\nok\n\"never closed\nx\n"})
  void aQuoteThatIsWrongEndsTheFileAtItsRow(String csv) {
    assertThatThrownBy(() -> rows(FileFormat.CSV, csv))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.line()).isEqualTo(3));
  }

  @Test
  void aQuoteThatIsNeverClosedIsRefusedBeforeTheFileIsHeld() {
    assertThatThrownBy(() -> rows(FileFormat.CSV, "name\n\"" + "x\n".repeat(1_000_000)))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("more than 65536 characters");
  }

  @ParameterizedTest
  @CsvSource({"CSV,65536,true", "CSV,65537,false", "NDJSON,60000,true", "NDJSON,70000,false"})
  void aRowHasALongestLength(FileFormat format, int length, boolean fits) {
    String text = "x".repeat(length);
    String file = format == FileFormat.CSV ? "name\n" + text : "{\"name\":\"" + text + "\"}";

    if (fits) {
      assertThat(rows(format, file)).hasSize(1);
    } else {
      assertThatThrownBy(() -> rows(format, file)).isInstanceOf(UnreadableFileException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
  void aByteOrderMarkSaysHowItIsWritten(String charset) {
    byte[] file = "\uFEFFname\nKäufe 🐘\n".getBytes(Charset.forName(charset));

    assertThat(rows(FileFormat.CSV, file).get(0).fields().path("name").asText())
        .isEqualTo("Käufe 🐘");
  }

  @Test
  void whatIsNotUtf8IsRefusedWithTheLineWhereItBegins() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write("name\n".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 5000; i++) {
      file.write(("row " + i + "\n").getBytes(StandardCharsets.UTF_8));
    }
    file.write("Käufe\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> rows(FileFormat.CSV, file.toByteArray()))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.line()).isEqualTo(5002))
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void utf16WithoutItsMarkIsNoText() {
    assertThatThrownBy(() -> rows(FileFormat.CSV, "name\na\n".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("byte order mark");
  }

  @Test
  void aFileHasAMostOfBytes() {
    assertThatThrownBy(
            () -> {
              DecodedText text =
                  new DecodedText(new ByteArrayInputStream("name\nabcdef\n".getBytes(UTF_8)), 8);
              new CsvRows(text, Columns.IMPORT).next();
            })
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("more than 8 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"name\":\"a\"},\n{\"name\":\"b\",\n\"port\":1}\n]",
        "{\"databases\": [{\"name\":\"a\"},\n{\"name\":\"b\",\n\"port\":1}\n]}"
      })
  void jsonIsAnArrayOrAnObjectWithOne(String json) {
    List<FileRow> rows = rows(FileFormat.JSON, json);

    assertThat(rows).extracting(FileRow::line).containsExactly(1L, 2L);
    assertThat(rows.get(1).fields().path("port").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\"}|1",
        "[{\"name\":\"a\"}]7|1",
        "[{\"name\":\"a\",\"name\":\"hunter2\"}]|1",
        "[{\"password\":hunter2}]|1",
        "[{\"name\":\"a\"}|1",
        "{\"other\":[]}|1"
      })
  void jsonThatIsOtherwiseIsRefusedAndNotQuoted(String json, long line) {
    assertThatThrownBy(() -> rows(FileFormat.JSON, json))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.line()).isEqualTo(line))
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void anElementThatIsNoObjectIsOneBadRow() {
    assertThat(rows(FileFormat.JSON, "[1,{\"name\":\"a\"},null]"))
        .extracting(row -> row.violations().size())
        .containsExactly(1, 0, 1);
  }

  @Test
  void aLineThatIsNoJsonIsOneBadRow() {
    List<FileRow> rows =
        rows(
            FileFormat.NDJSON,
            "{\"name\":\"a\"}\r\n\r\n{\"password\":hunter2}\n{\"a\":1}{\"b\":2}\n[1]\n"
                + "{\"name\":\"b\"}");

    assertThat(rows).extracting(FileRow::line).containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(rows).extracting(row -> row.violations().size()).containsExactly(0, 1, 1, 1, 0);
    assertThat(rows.get(1).violations().toString()).doesNotContain(SECRET);
  }

  @Test
  void connectionStringsHaveANameOrGetOne() {
    List<FileRow> rows =
        rows(
            FileFormat.DSN,
            """
            # ours
            Orders 2 = postgres://reader:a%3Db@db.test:5433/orders?sslmode=require
            mysql://reader:x@shop.test/shop?sslmode=disable

            sqlite:///files/a.db
            """);

    assertThat(rows).extracting(FileRow::line).containsExactly(2L, 3L, 5L);
    assertThat(rows)
        .extracting(row -> row.fields().path("name").asText())
        .containsExactly("Orders 2", "shop@shop.test", "/files/a.db");
    assertThat(rows.get(0).fields().path("connection_string").asText())
        .isEqualTo("postgres://reader:a%3Db@db.test:5433/orders?sslmode=require");
  }

  @Test
  void aConnectionStringThatIsNoneIsOneBadRowAndNotQuoted() {
    List<FileRow> rows =
        rows(FileFormat.DSN, "postgres://reader:hun@hunter2@db/x\n" + SECRET + "\n");

    assertThat(rows).allMatch(row -> row.violations().size() == 1 && row.fields().isEmpty());
    assertThat(rows.toString() + rows.get(0).violations() + rows.get(1).violations())
        .doesNotContain(SECRET);
  }

  @Test
  void aDbhubFileIsItsSourcesWithWhatItsToolsAllow() {
    List<FileRow> rows =
        rows(
            FileFormat.TOML,
            """
            [[sources]]
            id = "orders"
            type = "postgres"
            host = "db.test"
            port = 5433
            user = "reader"
            password = "${ORDERS_PASSWORD}"
            sslmode = "require"
            lazy = true

            [[sources]]
            id = "shop"
            dsn = "mysql://reader:x@shop.test/shop"
            ssh_host = "jump"

            [[tools]]
            name = "execute_sql"
            source = "shop"
            readonly = true
            max_rows = 50
            """);

    assertThat(rows).extracting(FileRow::line).containsExactly(1L, 11L);
    assertThat(rows.get(0).fields().path("username").asText()).isEqualTo("reader");
    assertThat(rows.get(0).fields().path("ssl_mode").asText()).isEqualTo("require");
    assertThat(rows.get(0).violations()).extracting(v -> v.field()).containsExactly("password");
    assertThat(rows.get(1).fields().path("max_rows").asInt()).isEqualTo(50);
    assertThat(rows.get(1).fields().path("readonly").asBoolean()).isTrue();
    assertThat(rows.get(1).fields().has("ssh_host")).isTrue();
  }

  @Test
  void tomlThatIsNoneIsRefusedWithItsLineAndNotQuoted() {
    assertThatThrownBy(
            () -> rows(FileFormat.TOML, "[[sources]]\nid = \"a\"\npassword = " + SECRET + "\n"))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.line()).isEqualTo(3))
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void tomlThatTheParserCannotHoldIsRefused() {
    assertThatThrownBy(() -> rows(FileFormat.TOML, "sources = " + "[".repeat(200_000)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> rows(FileFormat.TOML, "#" + "x".repeat(TomlRows.MOST_CHARACTERS)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("more than 262144 characters");
  }

  @Test
  void hundredsOfMegabytesAreReadInConstantMemory() throws IOException {
    int total = 100_000;
    long most = 0;
    long count = 0;
    try (RowReader rows = FileFormat.CSV.open(new GeneratedCsv(total, 3000), Columns.IMPORT)) {
      long before = retained();
      for (Optional<FileRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (++count % 25_000 == 0) {
          most = Math.max(most, retained() - before);
        }
      }
    }

    assertThat(count).isEqualTo(total);
    assertThat(most).isLessThan(16L * 1024 * 1024);
  }

  private static long retained() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  private static List<FileRow> rows(FileFormat format, String file) {
    return rows(format, file.getBytes(UTF_8));
  }

  private static List<FileRow> rows(FileFormat format, byte[] file) {
    try (RowReader reader = format.open(new ByteArrayInputStream(file), Columns.IMPORT)) {
      List<FileRow> rows = new ArrayList<>();
      for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
      assertThat(reader.next()).as("after the end").isEmpty();
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
