package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Which Secret holds the credentials, and under which keys. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialsRef(
    @Required @JsonPropertyDescription("Name of the Secret") String name,
    @JsonPropertyDescription(
            "Namespace of the Secret; the Database's own by default. Another one must allow it with"
                + " the annotation dbhub.tas.io/allow-from on the Secret")
        @Nullable String namespace,
    @Default("username") @JsonPropertyDescription("Key of the username") String userKey,
    @Default("password") @JsonPropertyDescription("Key of the password") String passwordKey) {
  public CredentialsRef {
    userKey = userKey == null ? "username" : userKey;
    passwordKey = passwordKey == null ? "password" : passwordKey;
  }
}
