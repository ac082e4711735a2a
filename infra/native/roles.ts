import type pg from 'pg'
import { ANNOUNCED_TABLES } from '#change_feed/announced_tables'

/** Role of the standbys: replication only. */
export const STANDBY_ROLE = 'standby'
/** Role of Debezium: replication, and reading the announced tables. */
export const DEBEZIUM_ROLE = 'debezium'

/** Creates the roles besides the application's, with their passwords. */
export async function ensureRoles(
  client: pg.Client,
  passwords: { replication: string; debezium: string }
) {
  await ensureReplicationRole(client, STANDBY_ROLE, passwords.replication)
  await ensureReplicationRole(client, DEBEZIUM_ROLE, passwords.debezium)
}

/**
 * Grants Debezium access to the announced tables: existing ones now, others when migrations create them. Runs in
 * the application's database.
 */
export async function grantAnnouncedTables(client: pg.Client) {
  const tables = ANNOUNCED_TABLES.map((table) => `'public.${table}'`).join(', ')
  const grant = `
    declare announced text;
    begin
      foreach announced in array array[${tables}] loop
        if to_regclass(announced) is not null then
          execute format('grant select on %s to ${DEBEZIUM_ROLE}', announced);
        end if;
      end loop;
    end`
  await client.query(`do $$ ${grant} $$`)
  await client.query(`
    create schema if not exists operations;
    grant usage on schema operations to public;
    create or replace function operations.grant_announced_tables()
      returns event_trigger language plpgsql as $$ ${grant} $$;
    drop event trigger if exists grant_announced_tables;
    create event trigger grant_announced_tables on ddl_command_end when tag in ('CREATE TABLE')
      execute function operations.grant_announced_tables()`)
}

async function ensureReplicationRole(client: pg.Client, role: string, password: string) {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) await client.query(`create role ${role} login replication`)
  await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
}
