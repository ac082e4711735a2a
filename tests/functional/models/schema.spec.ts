import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'

/** Lucid runs it by a command, which would write over what is to be compared. */
const GENERATOR = new URL(
  'src/orm/schema_generator/generator.js',
  import.meta.resolve('@adonisjs/lucid')
)

test.group('Schema classes', () => {
  test('are those of the tables as the migrations leave them', async ({ assert, cleanup }) => {
    const directory = mkdtempSync(join(tmpdir(), 'schema-'))
    cleanup(() => rmSync(directory, { recursive: true }))
    const outputPath = join(directory, 'schema.ts')
    const { schemaGeneration } = db.manager.get('primary')!.config
    const { OrmSchemaGenerator } = await import(GENERATOR.href)
    await new OrmSchemaGenerator(db, app, {
      ...schemaGeneration!,
      schemas: ['public'],
      outputPath,
    }).generate()
    const committed = readFileSync(app.makePath('database/schema.ts'), 'utf8')
    assert.equal(committed, readFileSync(outputPath, 'utf8'), 'npm run schema writes it again')
  })
})
