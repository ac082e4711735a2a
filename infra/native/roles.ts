import type pg from 'pg'

/** Role of the standbys: it may replicate and nothing else. */
export const STANDBY_ROLE = 'standby'
/** Role of Debezium: it may replicate, and read the tables that it announces. */
export const DEBEZIUM_ROLE = 'debezium'

const ANNOUNCED_TABLES = ['shops', 'products']

/** Makes the roles beside the application's own, and gives them their passwords. */
export async function ensureRoles(
  client: pg.Client,
  passwords: { replication: string; debezium: string }
) {
  await ensureReplicationRole(client, STANDBY_ROLE, passwords.replication)
  await ensureReplicationRole(client, DEBEZIUM_ROLE, passwords.debezium)
}

/** Lets Debezium read the tables that it announces, as far as they are there. */
export async function grantToDebezium(client: pg.Client) {
  for (const table of ANNOUNCED_TABLES) {
    const { rows } = await client.query('select to_regclass($1) as found', [`public.${table}`])
    if (rows[0].found) await client.query(`grant select on public.${table} to ${DEBEZIUM_ROLE}`)
  }
}

async function ensureReplicationRole(client: pg.Client, role: string, password: string) {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) await client.query(`create role ${role} login replication`)
  await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
}
