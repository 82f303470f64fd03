{{/* What selects the pods of one process: (dict "root" $ "component" "api"). */}}
{{- define "dbhub.selector" -}}
app.kubernetes.io/name: dbhub-control-plane
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The labels of an object that is of no process. */}}
{{- define "dbhub.labels" -}}
app.kubernetes.io/part-of: dbhub-control-plane
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* The namespaces in which the worker acts, as far as they are named. */}}
{{- define "dbhub.namespaces" -}}
{{- without (concat (list .Values.connections.namespace) .Values.connections.watchNamespaces | uniq) "*" | toJson }}
{{- end }}

{{/*
The objects of deploy/k8s/rbac-worker.yaml, which is the only place where the worker's rights are written, as they are in
one namespace: (dict "root" $ "namespace" "sales"). The account itself is in the release's namespace.
*/}}
{{- define "dbhub.rights" -}}
{{- $objects := list }}
{{- $file := .root.Files.Get "files/rbac-worker.yaml" | replace "tas-mcp-servers" .namespace }}
{{- range splitList "\n---\n" ($file | replace "dbhub-worker" (printf "%s-worker" .root.Values.name)) }}
{{- $object := fromYaml . }}
{{- if has $object.kind (list "Role" "RoleBinding") }}
{{- $_ := set $object.metadata "labels" (include "dbhub.labels" $.root | fromYaml) }}
{{- range $object.subjects }}
{{- $_ := set . "namespace" $.root.Release.Namespace }}
{{- end }}
{{- $objects = append $objects $object }}
{{- end }}
{{- end }}
{{- $objects | toJson }}
{{- end }}

{{/* api/api.yml with what the values lay over it. */}}
{{- define "dbhub.apiConfig" -}}
{{- mergeOverwrite (.Files.Get "files/api.yml" | fromYaml) (deepCopy .Values.api.config) | toYaml }}
{{- end }}

{{/* worker/worker.yml, likewise. */}}
{{- define "dbhub.workerConfig" -}}
{{- $config := .Files.Get "files/worker.yml" | fromYaml }}
{{- $_ := set $config.kubernetes "watchNamespaces" .Values.connections.watchNamespaces }}
{{- if hasKey $config.kubernetes "leaseName" }}
{{- $_ := set $config.kubernetes "leaseName" (printf "%s-worker" .Values.name) }}
{{- end }}
{{- mergeOverwrite $config (deepCopy .Values.worker.config) | toYaml }}
{{- end }}

{{/* What ${NAME} in both files stands for. */}}
{{- define "dbhub.settings" -}}
DBHUB_TEMPORAL_TARGET: {{ .Values.temporal.target | quote }}
DBHUB_TEMPORAL_NAMESPACE: {{ .Values.temporal.namespace | quote }}
{{- with .Values.temporal.ui }}
DBHUB_TEMPORAL_UI: {{ . | quote }}
{{- end }}
{{- with .Values.temporal.tls }}
{{- if .enabled }}
DBHUB_TEMPORAL_TLS: "true"
{{- if .secret }}
DBHUB_TEMPORAL_TLS_CA: /etc/dbhub/temporal-tls/ca.crt
{{- if .mutual }}
DBHUB_TEMPORAL_TLS_CERTIFICATE: /etc/dbhub/temporal-tls/tls.crt
DBHUB_TEMPORAL_TLS_KEY: /etc/dbhub/temporal-tls/tls.key
{{- end }}
{{- end }}
{{- with .serverName }}
DBHUB_TEMPORAL_TLS_SERVER_NAME: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
DBHUB_NEO4J_URI: {{ .Values.neo4j.uri | quote }}
DBHUB_JOURNAL_URL: {{ .Values.journal.url | quote }}
DBHUB_NAMESPACE: {{ .Values.connections.namespace | quote }}
DBHUB_AUTH_ISSUER: {{ .Values.auth.issuer | quote }}
DBHUB_AUTH_AUDIENCE: {{ .Values.auth.audience | quote }}
DBHUB_AUTH_JWKS: {{ .Values.auth.jwks | quote }}
DBHUB_LOG_LEVEL: {{ .Values.logLevel | quote }}
{{- end }}

{{- define "dbhub.image" -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* The logins of Neo4j and the journal. */}}
{{- define "dbhub.logins" -}}
- name: DBHUB_KEYS
  value: /etc/dbhub/keys
- name: DBHUB_NEO4J_USER
  valueFrom:
    secretKeyRef:
      name: {{ .Values.neo4j.secret }}
      key: username
- name: DBHUB_NEO4J_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.neo4j.secret }}
      key: password
- name: DBHUB_JOURNAL_USER
  valueFrom:
    secretKeyRef:
      name: {{ .Values.journal.secret }}
      key: username
- name: DBHUB_JOURNAL_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.journal.secret }}
      key: password
{{- end }}

{{- define "dbhub.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "dbhub.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "dbhub.mounts" -}}
- name: config
  mountPath: /etc/dbhub/config
  readOnly: true
- name: keys
  mountPath: /etc/dbhub/keys
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if and .Values.temporal.tls.enabled .Values.temporal.tls.secret }}
- name: temporal-tls
  mountPath: /etc/dbhub/temporal-tls
  readOnly: true
{{- end }}
{{- end }}

{{- define "dbhub.volumes" -}}
- name: config
  configMap:
    name: {{ .root.Values.name }}-{{ .component }}
- name: keys
  secret:
    secretName: {{ .root.Values.keys.secret }}
    # Octal 0440.
    defaultMode: 288
# Native libraries are unpacked there. In a worker large schemas wait there while they are read: a gibibyte each at most,
# as many at a time as slots.schema says.
- name: tmp
  emptyDir:
    sizeLimit: {{ if eq .component "worker" }}2304Mi{{ else }}128Mi{{ end }}
{{- with .root.Values.temporal.tls }}
{{- if and .enabled .secret }}
- name: temporal-tls
  secret:
    secretName: {{ .secret }}
    # Octal 0440.
    defaultMode: 288
{{- end }}
{{- end }}
{{- end }}

{{/* Whether the process is alive; both admin ports answer it. */}}
{{- define "dbhub.alive" -}}
startupProbe:
  httpGet:
    path: /ping
    port: admin
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 150
livenessProbe:
  httpGet:
    path: /ping
    port: admin
  periodSeconds: 20
  timeoutSeconds: 5
  failureThreshold: 3
{{- end }}

{{/* Where the pods of one process run: (dict "root" $ "component" "api" "values" .Values.api). */}}
{{- define "dbhub.scheduling" -}}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .values.spread }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "dbhub.selector" (dict "root" $.root "component" $.component) | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}
{{- end }}
