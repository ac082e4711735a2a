import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import config from '@adonisjs/core/services/config'
import { test } from '@japa/runner'
import { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import { SearchUnavailable } from '#search/search_unavailable'
import SearchRebuild from '../../../commands/search_rebuild.js'

test.group('Command search:rebuild', (group) => {
  let rebuilt: { table: string; resume: boolean }[] = []
  let failure: Error | null = null

  group.each.setup(() => {
    const before = { ...config.get<object>('search') }
    rebuilt = []
    failure = null
    ace.ui.switchMode('raw')
    app.container.swap(IndexRebuild, () => {
      return {
        async run(table, { resume, onProgress }) {
          if (failure) throw failure
          rebuilt.push({ table, resume })
          onProgress?.({ table, copied: 3, total: 3 })
        },
      } as IndexRebuild
    })
    return () => {
      config.set('search', before)
      ace.ui.switchMode('normal')
      app.container.restore(IndexRebuild)
    }
  })

  async function run(settings: Record<string, string>, ...flags: string[]) {
    for (const [name, value] of Object.entries(settings)) config.set(`search.${name}`, value)
    const command = await ace.create(SearchRebuild, flags)
    await command.exec()
    return command
  }

  test('rebuilds all indices, and goes on with what was interrupted', async ({ assert }) => {
    const command = await run({ engine: 'elasticsearch', indexer: 'app' })
    command.assertSucceeded()
    assert.deepEqual(rebuilt, [
      { table: 'shops', resume: true },
      { table: 'products', resume: true },
      { table: 'search_names', resume: true },
    ])
  })

  test('rebuilds one of them from scratch', async ({ assert }) => {
    const command = await run(
      { engine: 'elasticsearch', indexer: 'app' },
      '--only=products',
      '--from-scratch'
    )
    command.assertSucceeded()
    assert.deepEqual(rebuilt, [{ table: 'products', resume: false }])
  })

  test('says why there is nothing to rebuild: {why}')
    .with([
      {
        why: 'the engine has no index',
        settings: { engine: 'embedded', indexer: 'app' },
        flags: [],
      },
      {
        why: 'there is no such index',
        settings: { engine: 'elasticsearch', indexer: 'app' },
        flags: ['--only=orders'],
      },
    ])
    .run(async ({ assert }, { settings, flags }) => {
      const command = await run(settings, ...flags)
      command.assertFailed()
      assert.isEmpty(rebuilt)
    })

  test('fails with a line that tells what to do when Elasticsearch is away', async () => {
    failure = new SearchUnavailable('Elasticsearch: connect ECONNREFUSED')
    const command = await run({ engine: 'elasticsearch', indexer: 'app' })
    command.assertFailed()
    command.assertLogMatches(/ECONNREFUSED.*again/)
  })
})
