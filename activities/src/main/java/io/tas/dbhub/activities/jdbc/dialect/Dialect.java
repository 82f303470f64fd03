package io.tas.dbhub.activities.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An engine reached over the network. Stateless.
 *
 * <p>No user input gets into anything that a driver parses: values are passed as options of their
 * own, and the address is the pin's.
 */
public interface Dialect extends Questions {
  Connection open(Login login) throws SQLException;
}
