#!/bin/sh
# Entry point of a replica: the first start copies the primary, every start streams from it.
# REPLICA_SLOT names the slot that keeps the log for this replica.
set -eu

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA"
  chmod 700 "$PGDATA"
  export PGPASSWORD="$REPLICATION_PASSWORD"
  until gosu postgres pg_basebackup --pgdata="$PGDATA" --checkpoint=fast --wal-method=stream \
    --write-recovery-conf --slot="$REPLICA_SLOT" \
    --dbname="host=postgres-primary user=standby application_name=$REPLICA_SLOT"; do
    echo "The primary cannot be copied yet, trying again in 2 s" >&2
    find "$PGDATA" -mindepth 1 -delete
    sleep 2
  done
  unset PGPASSWORD
fi

exec docker-entrypoint.sh "$@"
