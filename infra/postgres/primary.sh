#!/bin/sh
# Runs once, when the primary's data directory is made: roles, the slots of the replicas, who may connect.
#   kirana     owns the database; may drop a slot, and read one (CHANGE_FEED=pgoutput)
#   debezium   reads the log, and the tables that it announces
#   standby    streams the log to a replica, and nothing else
set -eu

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
  --set=application="$DATABASE_PASSWORD" \
  --set=debezium="$DEBEZIUM_PASSWORD" \
  --set=standby="$REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE kirana LOGIN REPLICATION PASSWORD :'application' IN ROLE pg_monitor;
CREATE ROLE debezium LOGIN REPLICATION PASSWORD :'debezium';
CREATE ROLE standby LOGIN REPLICATION PASSWORD :'standby';

CREATE DATABASE kirana OWNER kirana TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE kirana FROM PUBLIC;
GRANT CONNECT ON DATABASE kirana TO debezium;

SELECT pg_create_physical_replication_slot('replica_1', true);
SELECT pg_create_physical_replication_slot('replica_2', true);
SQL

# The tables come later, with the application's migrations.
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=kirana <<'SQL'
CREATE SCHEMA operations;
GRANT USAGE ON SCHEMA operations TO kirana;
CREATE FUNCTION operations.grant_announced_tables() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
  announced text;
BEGIN
  FOREACH announced IN ARRAY ARRAY['public.shops', 'public.products', 'public.search_names', 'public.cities'] LOOP
    IF to_regclass(announced) IS NOT NULL THEN
      EXECUTE format('GRANT SELECT ON %s TO debezium', announced);
    END IF;
  END LOOP;
END $$;
CREATE EVENT TRIGGER grant_announced_tables ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
  EXECUTE FUNCTION operations.grant_announced_tables();
SQL

# Nobody but these, and the superuser from within the container. The replicas copy this file. HAProxy's
# check says that it is "haproxy", waits to be asked for a password, and leaves.
cat > "$PGDATA/pg_hba.conf" <<'RULES'
local   all          all                       trust
host    all          all       127.0.0.1/32    scram-sha-256
host    replication  standby   samenet         scram-sha-256
host    kirana       kirana    samenet         scram-sha-256
host    kirana       debezium  samenet         scram-sha-256
host    all          haproxy   samenet         scram-sha-256
RULES
