#!/bin/bash
# Writes the environment into the configuration, as the official image does, and starts Cassandra or the command it is
# given. A file may be mounted by itself, so it is written through and never replaced.
set -eu
if [[ $# -eq 0 || $1 == -* ]]; then set -- cassandra -f "$@"; fi
if [[ $1 != cassandra ]]; then exec "$@"; fi
if [[ $(id -u) -eq 0 ]]; then exec chroot --userspec=999:999 / "$0" "$@"; fi

rewrite() {
  local file=$1 text
  shift
  text=$(sed -E "$@" "$file")
  printf '%s\n' "$text" >"$file"
}
own_address() {
  local addresses
  addresses=$(hostname -I)
  echo "${addresses%% *}"
}

: "${CASSANDRA_RPC_ADDRESS=0.0.0.0}" "${CASSANDRA_LISTEN_ADDRESS=auto}"
if [[ $CASSANDRA_LISTEN_ADDRESS == auto ]]; then CASSANDRA_LISTEN_ADDRESS=$(own_address); fi
: "${CASSANDRA_BROADCAST_ADDRESS=$CASSANDRA_LISTEN_ADDRESS}"
if [[ $CASSANDRA_BROADCAST_ADDRESS == auto ]]; then CASSANDRA_BROADCAST_ADDRESS=$(own_address); fi
: "${CASSANDRA_BROADCAST_RPC_ADDRESS:=$CASSANDRA_BROADCAST_ADDRESS}"
: "${CASSANDRA_SEEDS:=$CASSANDRA_BROADCAST_ADDRESS}"

yaml=$CASSANDRA_CONF/cassandra.yaml
rewrite "$yaml" "s/(- seeds:).*/\1 \"${CASSANDRA_SEEDS//\//\\/}\"/"
for key in broadcast_address broadcast_rpc_address cluster_name endpoint_snitch listen_address num_tokens rpc_address; do
  name=CASSANDRA_${key^^}
  value=${!name:-}
  if [[ -n $value ]]; then rewrite "$yaml" "s/^(# )?($key:).*/\2 ${value//\//\\/}/"; fi
done
for key in dc rack; do
  name=CASSANDRA_${key^^}
  value=${!name:-}
  if [[ -n $value ]]; then rewrite "$CASSANDRA_CONF/cassandra-rackdc.properties" "s/^($key=).*/\1${value//\//\\/}/"; fi
done
exec "$@"
