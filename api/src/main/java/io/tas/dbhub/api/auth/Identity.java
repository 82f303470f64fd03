package io.tas.dbhub.api.auth;

import java.util.List;

/**
 * What a verified token says.
 *
 * @param tenantId empty when the token names none
 */
record Identity(String subject, String tenantId, List<String> spaces, List<String> roles) {
  Identity {
    spaces = List.copyOf(spaces);
    roles = List.copyOf(roles);
  }
}
