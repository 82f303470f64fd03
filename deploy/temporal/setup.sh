#!/bin/sh
# Prepares a Temporal server for the control plane: the namespace and the search attributes that its workflows set.
# Needs the `temporal` CLI and can be run again at any time: what exists is left as it is.
#
#   TEMPORAL_ADDRESS=temporal:7233 TEMPORAL_NAMESPACE=dbhub TEMPORAL_RETENTION=30d deploy/temporal/setup.sh
#
# The CLI's other variables (TEMPORAL_TLS, TEMPORAL_API_KEY, …) are honoured, too.
set -eu

address=${TEMPORAL_ADDRESS:-127.0.0.1:7233}
namespace=${TEMPORAL_NAMESPACE:-default}
retention=${TEMPORAL_RETENTION:-30d}

run() {
    temporal --address "$address" "$@"
}

if ! run operator cluster health >/dev/null; then
    echo "No Temporal server answers at $address" >&2
    exit 1
fi

if run operator namespace describe --namespace "$namespace" >/dev/null 2>&1; then
    echo "namespace $namespace: exists"
else
    run operator namespace create --namespace "$namespace" --retention "$retention" >/dev/null
    echo "namespace $namespace: created, histories are kept for $retention"
    # Every frontend learns of it within some seconds.
    attempts=0
    until run operator search-attribute list --namespace "$namespace" >/dev/null 2>&1; do
        attempts=$((attempts + 1))
        if [ "$attempts" -gt 60 ]; then
            echo "namespace $namespace cannot be used a minute after it was created" >&2
            exit 1
        fi
        sleep 1
    done
fi

existing=$(run operator search-attribute list --namespace "$namespace")

# The same names as in io.tas.dbhub.core; a test compares them.
while read -r name type; do
    if printf '%s\n' "$existing" | grep -qE "(^|[[:space:]])$name[[:space:]]+$type([[:space:]]|\$)"; then
        echo "search attribute $name: exists"
    elif printf '%s\n' "$existing" | grep -qE "(^|[[:space:]])$name[[:space:]]"; then
        echo "search attribute $name: exists with another type than $type" >&2
        exit 1
    else
        run operator search-attribute create --namespace "$namespace" --name "$name" --type "$type" >/dev/null
        echo "search attribute $name: created"
    fi
done <<'ATTRIBUTES'
DbhubTenant Keyword
DbhubSpace Keyword
DbhubDatabase Keyword
DbhubOperation Keyword
DbhubPhase Keyword
DbhubAttention Bool
DbhubRequestedBy Keyword
ATTRIBUTES
