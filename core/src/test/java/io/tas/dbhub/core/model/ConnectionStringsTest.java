package io.tas.dbhub.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionStringsTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "postgres://u:p@h:1/d,                    POSTGRES,  h,      1,    d,      u,   p,   -",
        "postgresql://u:p@h/d?sslmode=verify-full, POSTGRES, h,      -,    d,      u,   p,   verify-full",
        "mysql://u:p@10.0.0.1:3306/d?ssl-mode=REQUIRED, MYSQL, 10.0.0.1, 3306, d, u, p, require",
        "MariaDB://u@h/d,                         MARIADB,   h,      -,    d,      u,   -,   -",
        "sqlserver://u:p@h:1433?database=d&encrypt=true, SQLSERVER, h, 1433, d,   u,   p,   require",
        "sqlserver://u:p@h/d?encrypt=false,       SQLSERVER, h,      -,    d,      u,   p,   disable",
        "postgres://u:a%3Ab%2Fc@[2001:db8::1]:5432/d, POSTGRES, [2001:db8::1], 5432, d, u, a:b/c, -",
        "postgres://u:a:b@h/d,                    POSTGRES,  h,      -,    d,      u,   a:b, -",
        "postgres://u:a+b@h/d,                    POSTGRES,  h,      -,    d,      u,   a+b, -",
        "postgres://h,                            POSTGRES,  h,      -,    -,      -,   -,   -",
        "sqlite:data/x.db,                        SQLITE,    -,      -,    data/x.db, -, -,  -",
        "sqlite:///srv/x.db,                      SQLITE,    -,      -,    /srv/x.db, -, -,  -",
      })
  void partsAreTheSingleFields(
      String text,
      DatabaseType type,
      String host,
      Integer port,
      String database,
      String username,
      String password,
      String sslMode)
      throws ConnectionStrings.MalformedException {
    assertThat(ConnectionStrings.parse(text))
        .isEqualTo(
            new ConnectionStrings.Parts(
                type, host, port, database, username, password, sslMode, null));
  }

  @Test
  void theConnectTimeoutIsTakenOver() throws ConnectionStrings.MalformedException {
    assertThat(ConnectionStrings.parse("postgres://h/d?connect_timeout=7").connectionTimeout())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "jdbc:postgresql://u:hunter2@h/d",
        "oracle://u:hunter2@h/d",
        "postgres:u:hunter2@h/d",
        "postgres://u:hunter2@x@h/d",
        "postgres://u:hun/ter2@h/d",
        "postgres://u:hun?hunter2@h/d",
        "postgres://u:hunter2#@h/d",
        "postgres://u:hunter2%zz@h/d",
        "postgres://u:hunter2%c3@h/d",
        "postgres://u:hunter2%4@h/d",
        "postgres://u:hunter2@h:/d",
        "postgres://u:hunter2@h:99999999/d",
        "postgres://u:hunter2@h:-1/d",
        "postgres://u:hunter2@h/d/e",
        "postgres://u:p@h/d?options=-c%20hunter2",
        "postgres://u:p@h/d?socketFactory=hunter2",
        "postgres://u:p@h/d?sslmode",
        "postgres://u:p@h/d?sslmode=require&sslmode=disable",
        "mysql://u:p@h/d?allowLoadLocalInfile=true",
        "mysql://u:p@h/d?database=hunter2",
        "sqlserver://u:p@h/d?database=hunter2",
        "sqlite:x.db?mode=rw",
        "postgres://u:hunter2\u0000@h/d",
        "postgres://u:hunter2\n@h/d"
      })
  void whatCannotBeTakenApartIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> ConnectionStrings.parse(text))
        .isInstanceOf(ConnectionStrings.MalformedException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void partsDoNotShowTheirCredentials() throws ConnectionStrings.MalformedException {
    assertThat(ConnectionStrings.parse("postgres://u:hunter2@h/d"))
        .asString()
        .doesNotContain("hun");
  }
}
