import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ANNOUNCED_TABLES } from '#change_feed/announced_tables'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { TABLES } from '#search/elasticsearch/documents'

const names = ANNOUNCED_TABLES.map((table) => `public.${table}`)

test.group('The announced tables are the same', () => {
  test('in the publication', async ({ assert }) => {
    const rows = await db
      .from('pg_publication_tables')
      .where('pubname', app.config.get<string>('change_feed.pgoutput.publication'))
    assert.sameMembers(
      rows.map(({ tablename }) => tablename),
      [...ANNOUNCED_TABLES]
    )
  })

  test('in the connectors', async ({ assert }) => {
    const [source, sink] = await Promise.all(
      (['source', 'sink'] as const).map((kind) => ConnectorDefinition.read(kind, app.appRoot))
    )
    assert.sameMembers(source.config['table.include.list'].split(','), names)
    const keys = source.config['message.key.columns'].split(';')
    assert.sameMembers(
      keys.map((key) => key.split(':')[0]),
      names
    )
    const searched = TABLES.map((table) => `kirana.public.${table}`)
    assert.sameMembers(sink.config.topics.split(','), searched)
  })

  test('in the roles of the composition', async ({ assert }) => {
    const script = await readFile(app.makePath('infra/postgres/primary.sh'), 'utf8')
    const [, listed] = /ARRAY\[([^\]]+)\]/.exec(script)!
    assert.sameMembers(listed.replaceAll("'", '').split(/,\s*/), names)
  })

  test('in the search index, apart from cities', ({ assert }) => {
    assert.sameMembers([...TABLES, 'cities'], [...ANNOUNCED_TABLES])
  })
})
