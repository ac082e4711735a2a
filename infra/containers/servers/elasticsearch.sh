#!/usr/bin/env bash
# Variables with a dot in their name are settings, as in the official image. It also replaces
# bin/elasticsearch, which the packaged distribution lacks.
set -euo pipefail

cat > "$ES_PATH_CONF/elasticsearch.yml" <<'SETTINGS'
cluster.name: docker-cluster
network.host: 0.0.0.0
# The serial collector keeps garbage until the heap is full, which the breaker would count.
indices.breaker.total.use_real_memory: false
cluster.routing.allocation.disk.threshold_enabled: false
SETTINGS
env | sed -nE 's/^([a-z_]+(\.[a-z_]+)+)=(.*)$/\1: "\3"/p' >> "$ES_PATH_CONF/elasticsearch.yml"

exec bash "$ES_HOME/bin/elasticsearch-cli"
