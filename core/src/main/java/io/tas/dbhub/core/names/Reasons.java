package io.tas.dbhub.core.names;

import java.util.Set;

/**
 * Reasons of conditions and events: words that people and scripts match by. Those of the Ready
 * condition of a Database name what stands in the way; a connection that works is {@link
 * #CONNECTED}.
 */
public final class Reasons {
  public static final String CONNECTED = "Connected";
  public static final String PAUSED = "Paused";
  public static final String SLOW = "Slow";
  public static final String RECOVERING = "Recovering";

  /** A part of the connection was taken away. */
  public static final String INCOMPLETE = "Incomplete";

  /** The Database resource was taken away by hand. */
  public static final String RESOURCE_MISSING = "ResourceMissing";

  /** The Database resource was changed by hand and differs from the inventory. */
  public static final String CHANGED_BY_HAND = "ChangedByHand";

  /** The Database resource names no Secret. */
  public static final String SECRET_NOT_NAMED = "SecretNotNamed";

  public static final String SECRET_NOT_FOUND = "SecretNotFound";
  public static final String SECRET_KEY_MISSING = "SecretKeyMissing";

  /** What stands under the key is no text. */
  public static final String SECRET_NOT_TEXT = "SecretNotText";

  /** It is in another namespace and does not allow this one. */
  public static final String SECRET_NOT_ALLOWED = "SecretNotAllowed";

  /** It holds the credentials of something else. */
  public static final String SECRET_OF_ANOTHER = "SecretOfAnother";

  /** The control plane has no right to read it. */
  public static final String SECRET_FORBIDDEN = "SecretForbidden";

  /** All reasons that a Secret can mend. */
  public static final Set<String> CREDENTIALS =
      Set.of(
          SECRET_NOT_NAMED,
          SECRET_NOT_FOUND,
          SECRET_KEY_MISSING,
          SECRET_NOT_TEXT,
          SECRET_NOT_ALLOWED,
          SECRET_OF_ANOTHER,
          SECRET_FORBIDDEN);

  /** An event: credentials that were missing are there. */
  public static final String CREDENTIALS_FOUND = "CredentialsFound";

  /** An event: it works again. */
  public static final String RECOVERED = "Recovered";

  public static final String ADOPTED = "Adopted";

  /** An event: the inventory does not list it any more. */
  public static final String RELEASED = "Released";

  /** The Namespace does not let the tenant have databases made in it. */
  public static final String TENANT_NOT_ALLOWED = "TenantNotAllowed";

  /** The control plane may not ask the Namespace which tenants it allows. */
  public static final String NAMESPACE_FORBIDDEN = "NamespaceForbidden";

  public static final String NAME_TAKEN = "NameTaken";

  /** The inventory has the resource's uid for something else. */
  public static final String ID_TAKEN = "IdTaken";

  /** What the resource says breaks the rules that hold for databases made through REST. */
  public static final String INVALID = "Invalid";

  /** The file is not in the tenant's folder. */
  public static final String FILE_OUTSIDE_TENANT = "FileOutsideTenant";

  /** The decision could not be made or written down; it will be. */
  public static final String UNDECIDED = "Undecided";

  /** Of a read-only connection: its login has no right to write either. */
  public static final String LOGIN_READ_ONLY = "LoginReadOnly";

  /** Of a read-only connection: only the control plane keeps its login from writing. */
  public static final String LOGIN_MAY_WRITE = "LoginMayWrite";

  public static final String LOGIN_RIGHTS_UNKNOWN = "LoginRightsUnknown";

  private Reasons() {}
}
