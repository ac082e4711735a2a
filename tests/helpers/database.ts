import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { withAdmin } from '#infra/embedded_postgres/connection'
import { clusterDirectory, ownCluster } from '#tests/helpers/standby'

/** Deleting so many rows takes as long as truncating all tables. */
const MANY = 2_000

/** Tables that a TRUNCATE of these empties. */
const TRUNCATED = `
  WITH RECURSIVE truncated AS (
    SELECT oid FROM pg_class WHERE oid = ANY(?::regclass[])
    UNION
    SELECT conrelid FROM pg_constraint JOIN truncated ON confrelid = truncated.oid WHERE contype = 'f'
  )
  SELECT oid::regclass::text AS name FROM truncated`

/** An empty marketplace. */
export async function emptyDatabase() {
  await limiter.clear()
  await emptyMarketplace()
}

/** Without shops and what belongs to them. */
export const emptyShops = emptying('shops', 'products')

const emptyMarketplace = emptying('users', 'shops', 'products', 'sessions', 'demo_removals')

/**
 * Empties tables and those that refer to them. A TRUNCATE replaces the files of all tables and indexes, about 250,
 * which takes some 50 times as long as deleting the few rows of a test. So they are deleted without triggers, and what
 * the triggers of a TRUNCATE do is done here.
 */
function emptying(...roots: string[]) {
  const truncate = `TRUNCATE ${roots.join(', ')} CASCADE`
  let statements: Promise<ReturnType<typeof statementsFor>> | undefined
  return async () => {
    if (!ownCluster) return db.rawQuery(truncate)
    const { isLarge, empty } = await (statements ??= prepare(roots))
    const { rows } = await db.rawQuery(isLarge)
    await db.rawQuery(rows[0].large ? truncate : empty)
  }
}

async function prepare(roots: string[]) {
  await withAdmin(admin(), (client) =>
    client.query('GRANT SET ON PARAMETER session_replication_role TO PUBLIC')
  )
  const { rows } = await db.rawQuery(TRUNCATED, [`{${roots.join(',')}}`])
  return statementsFor((rows as { name: string }[]).map(({ name }) => name))
}

function statementsFor(tables: string[]) {
  const rest = tables.map((name) => `EXISTS (SELECT FROM ${name} OFFSET ${MANY})`)
  return {
    isLarge: `SELECT ${rest.join(' OR ')} AS large`,
    empty: `DO $$ BEGIN
      SET LOCAL session_replication_role = replica;
      ${tables.map((name) => `DELETE FROM ${name};`).join('\n')}
      DELETE FROM search_names WHERE kind IN ('product', 'shop', 'city');
      PERFORM pg_notify('rows', name || ' *') FROM unnest(ARRAY['sessions', 'users', 'access_tokens', 'carts']) AS name;
      PERFORM pg_notify('belongings', '*');
    END $$`,
  }
}

/** The tests' cluster does not wait for the disk: nobody misses its data after a power cut. */
export async function riskLosingData() {
  if (!ownCluster) return
  const { primaryPort, standbyPort, adminPassword: password } = readState(clusterDirectory())!
  for (const port of [primaryPort, standbyPort]) {
    await withAdmin({ port, password }, async (client) => {
      await client.query('ALTER SYSTEM SET fsync = off')
      await client.query('SELECT pg_reload_conf()')
    })
  }
}

function admin() {
  const state = readState(clusterDirectory())
  if (!state) throw new Error('The tests have no database of their own')
  return { port: state.primaryPort, password: state.adminPassword }
}
