#!/bin/bash
set -eu
home=/opt/kafka
case $1 in
  kafka.Kafka) name=log4j2.yaml heap='-Xmx1G -Xms1G' ;;
  *) name=tools-log4j2.yaml heap='-Xmx256M' ;;
esac
logging=$home/config/$name
if [[ ! -f $logging ]]; then logging=/etc/kafka/docker/$name; fi
if [[ $1 == kafka.Kafka ]]; then heap=${KAFKA_HEAP_OPTS:-$heap}; fi
performance=${KAFKA_JVM_PERFORMANCE_OPTS:--server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true}
# Options are words, as in the official start script.
# shellcheck disable=SC2086
exec java $heap $performance -Dkafka.logs.dir="${LOG_DIR:-$home/logs}" \
  ${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$logging} ${KAFKA_OPTS:-} \
  -cp "$home/libs/*" "$@"
