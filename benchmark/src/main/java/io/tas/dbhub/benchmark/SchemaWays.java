package io.tas.dbhub.benchmark;

import io.tas.dbhub.activities.jdbc.TargetConnector.RefusedException;
import io.tas.dbhub.activities.jdbc.schema.SchemaReader;
import io.tas.dbhub.activities.jdbc.schema.SchemaUnreadableException;
import io.tas.dbhub.activities.jdbc.schema.SpooledSchema;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Ways of taking a whole schema in. */
final class SchemaWays {
  private final SchemaReader reader;
  private final Program.Installed sqlalchemy;

  SchemaWays(SchemaReader reader, Program.Installed sqlalchemy) {
    this.reader = reader;
    this.sqlalchemy = sqlalchemy;
  }

  /**
   * What was taken in, and what it took.
   *
   * @param statements that the target was asked
   */
  record Taken(long tables, long columns, long statements, double seconds) {}

  /** Reads it and puts each table together once, as a sync does. */
  Taken read(SchemaTargets.One target) {
    long begin = System.nanoTime();
    try (SpooledSchema schema = reader.read(target.target(), target.credentials(), () -> {})) {
      long[] count = new long[2];
      schema.forEach(
          table -> {
            count[0]++;
            count[1] += table.columns().size();
          });
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Taken(count[0], count[1], schema.statements(), seconds);
    } catch (RefusedException e) {
      throw new EngineException(e.error().message(), e);
    } catch (SchemaUnreadableException e) {
      throw new EngineException(e.error().message(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted", e);
    }
  }

  /** In a process of its own, whose start and login are not counted. */
  Taken reflect(SchemaTargets.One target) {
    ProcessBuilder command =
        new ProcessBuilder(sqlalchemy.executable("reflect").toString(), target.url())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    command.environment().put("PGPASSWORD", target.credentials().password());
    try {
      Process process = command.start();
      String told =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new EngineException("SQLAlchemy failed; what it said stands above");
      }
      String[] figures = told.split(" ", -1);
      return new Taken(
          Long.parseLong(figures[0]),
          Long.parseLong(figures[1]),
          Long.parseLong(figures[2]),
          Double.parseDouble(figures[3]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted", e);
    }
  }
}
