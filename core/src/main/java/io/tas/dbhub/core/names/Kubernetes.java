package io.tas.dbhub.core.names;

/** Names in Kubernetes: API group, labels, annotations, field manager. */
public final class Kubernetes {
  public static final String GROUP = "dbhub.tas.io";
  public static final String VERSION = "v1alpha1";

  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY} and the field manager of every server-side apply. */
  public static final String MANAGER = "dbhub-control-plane";

  public static final String DATABASE_ID = "dbhub.tas.io/database-id";
  public static final String TENANT = "tas.io/tenant";
  public static final String SPACE = "tas.io/space";

  /** On what an instance owns: the DBHubInstance's name. */
  public static final String INSTANCE = "dbhub.tas.io/instance";

  /** On what one DBHub server of an instance is made of: its number, from 0. */
  public static final String SERVER = "dbhub.tas.io/server";

  /** On a Secret: the namespaces whose Database resources may use it, comma-separated. */
  public static final String ALLOW_FROM = "dbhub.tas.io/allow-from";

  /** On a Namespace: the tenants whose databases may be made in it, comma-separated; * for all. */
  public static final String TENANTS = "dbhub.tas.io/tenants";

  /** On a Service: the address under which clients outside of the cluster reach it. */
  public static final String EXTERNAL_ENDPOINT = "dbhub.tas.io/external-endpoint";

  /** On pods: the hash of the configuration and credentials they were started with. */
  public static final String CONFIG_HASH = "dbhub.tas.io/config-hash";

  /** On Deployments and Services of an instance: the hash of what was applied. */
  public static final String APPLIED_HASH = "dbhub.tas.io/applied-hash";

  /** On a Database resource: the name its owner gave the connection. */
  public static final String DISPLAY_NAME = "dbhub.tas.io/display-name";

  /** On a Database resource: the subject who owns the connection. */
  public static final String OWNER = "dbhub.tas.io/owner";

  /** On a Database resource: the console's color. */
  public static final String COLOR = "dbhub.tas.io/color";

  /**
   * On a Database resource: the keys of the labels that its owner gave it, comma-separated. All
   * other labels are somebody else's, and stay.
   */
  public static final String OWNER_LABELS = "dbhub.tas.io/owner-labels";

  /** On a Secret: names the state of its credentials; changes with every switch. */
  public static final String CREDENTIALS_REVISION = "dbhub.tas.io/credentials-revision";

  private Kubernetes() {}
}
