#!/usr/bin/env bash
# What docker-compose.yml and infra/postgres need of the official image's entry point: a data directory
# made by its own user, and scripts run once, on a server that listens to nobody else.
set -euo pipefail

[ "${1:-}" = postgres ] || exec "$@"

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  find "$PGDATA" \! -user postgres -exec chown postgres {} +
  chmod 700 "$PGDATA"
  exec gosu postgres "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  export POSTGRES_USER=${POSTGRES_USER:-postgres} PGPASSWORD=$POSTGRES_PASSWORD
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD")
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl --wait --options="$(printf '%q ' "${@:2}" -c listen_addresses=)" start
  for file in /docker-entrypoint-initdb.d/*.sh; do
    # shellcheck source=/dev/null
    if [ -x "$file" ]; then "$file"; else . "$file"; fi
  done
  pg_ctl --wait --mode=fast stop
  unset PGPASSWORD
fi

exec "$@"
