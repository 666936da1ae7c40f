#!/bin/bash
# Turns the environment into settings, as the official image does, and starts OpenSearch or the command it is given.
set -eu
export OPENSEARCH_HOME=/usr/share/opensearch
export OPENSEARCH_PATH_CONF=$OPENSEARCH_HOME/config
export OPENSEARCH_JAVA_OPTS="-Dopensearch.cgroups.hierarchy.override=/ ${OPENSEARCH_JAVA_OPTS:-}"

if [[ $# -eq 0 || $1 == -* ]]; then set -- opensearch "$@"; fi
if [[ $1 != opensearch ]]; then exec "$@"; fi
if [[ $(id -u) -eq 0 ]]; then
  echo "OpenSearch cannot run as root: start the container as another user" >&2
  exit 1
fi
umask 0002

settings=()
while IFS='=' read -r -d '' name value; do
  if [[ -n $value && ($name =~ ^[a-z0-9_]+\.[a-z0-9_]+ || $name == processors) ]]; then
    settings+=("-E$name=$value")
  fi
done < <(env -0)
exec "$@" "${settings[@]}"
