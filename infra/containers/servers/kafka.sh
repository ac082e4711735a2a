#!/usr/bin/env bash
# A single Kafka node that takes the parameters of Redpanda which name addresses; the others are about
# Redpanda alone.
set -euo pipefail

data=/var/lib/redpanda/data
configuration=/tmp/server.properties
for word in "$@"; do
  # The names of listeners are upper case.
  value=$(sed -E 's#(^|,)([a-z]+)://#\1\U\2://#g' <<<"${word#*=}")
  case $word in
    --kafka-addr=*) listeners=$value ;;
    --advertise-kafka-addr=*) advertised=$value ;;
  esac
done

cat /opt/server.properties - > "$configuration" <<PROPERTIES
controller.quorum.voters=1@127.0.0.1:9093
listeners=$listeners,CONTROLLER://127.0.0.1:9093
advertised.listeners=$advertised
listener.security.protocol.map=CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT
inter.broker.listener.name=INSIDE
log.dirs=$data
PROPERTIES

kafka=(java -Xms128m -Xmx384m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true
  -Dlog4j2.configurationFile=/opt/log4j2.yaml -cp '/opt/kafka/libs/*')
if [ ! -s "$data/meta.properties" ]; then
  # 16 bytes in base64 for URLs.
  cluster=$(head -c 16 /dev/urandom | base64 | tr '+/' 'AA' | tr -d '=')
  "${kafka[@]}" kafka.tools.StorageTool format -t "$cluster" -c "$configuration"
fi
exec "${kafka[@]}" kafka.Kafka "$configuration"
