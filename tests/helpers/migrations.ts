import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { migrate } from '#database/prepare'

const NAME = `substring(name from '[0-9]+_')`

async function countAfter(last: number) {
  const { rows } = await db.rawQuery(
    `SELECT count(*)::int AS count FROM adonis_schema WHERE rtrim(${NAME}, '_')::int > ?`,
    [last]
  )
  return rows[0].count as number
}

/** Undoes every migration with a number above `last`, newest first, as `migration:rollback` does. */
export async function undoMigrationsAfter(last: number) {
  let step: number
  /** A rollback ends with the migrations that were run together. */
  while ((step = await countAfter(last)) > 0) {
    const down = { direction: 'down', step, connectionName: 'migrations' } as const
    const runner = new MigrationRunner(db, app, down)
    try {
      await runner.run()
    } finally {
      await db.manager.close('migrations')
    }
    if (runner.error) throw runner.error
  }
}

export const runMigrations = () => migrate(app)

/** What a schema consists of, without the order of columns. */
export async function schemaParts(): Promise<string[]> {
  const { rows } = await db.rawQuery(`
    SELECT format('%s.%s %s%s', table_name, column_name, udt_name,
        CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END) AS part
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION SELECT format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u', 'p')
    UNION SELECT format('trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal
    UNION SELECT format('function %s(%s)', proname, pg_get_function_identity_arguments(made.oid))
      FROM pg_proc AS made WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = made.oid AND deptype = 'e')
    UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION SELECT format('published %s', tablename) FROM pg_publication_tables
    UNION SELECT format('identity %s %s', relname, relreplident) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    ORDER BY 1`)
  return rows.map(({ part }: { part: string }) => part)
}
