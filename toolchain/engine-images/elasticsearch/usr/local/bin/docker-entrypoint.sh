#!/bin/bash
# Turns the environment into settings, as the official image does, and starts Elasticsearch or the command it is given.
set -eu
umask 0002
if [[ $# -gt 0 && $1 != eswrapper ]]; then exec "$@"; fi
if [[ $(id -u) -eq 0 ]]; then exec chroot --userspec=1000:0 --skip-chdir / "$0" "$@"; fi

settings=()
while IFS='=' read -r -d '' name value; do
  if [[ -n $value && $name =~ ^[a-z0-9_]+\.[a-z0-9_]+ ]]; then settings+=("-E$name=$value"); fi
done < <(env -0)
export ES_JAVA_OPTS="-Des.cgroups.hierarchy.override=/ ${ES_JAVA_OPTS:-}"
exec /usr/share/elasticsearch/bin/elasticsearch "${settings[@]}"
