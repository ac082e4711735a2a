import { existsSync, globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { readSources } from '#infra/compiled/sources'

/** Folders with files that are read while the application runs. */
const READ_AT_RUN_TIME = ['connectors', 'database', 'infra/elasticsearch', 'public', 'resources']

/** They run from TypeScript. */
const NOT_BUILT = ['bench', 'tests']

const names = readSources(app.makePath()).map(({ name }) => name)

test.group('The compiled application', () => {
  test('it has every file that is read while it runs', ({ assert }) => {
    const patterns = READ_AT_RUN_TIME.map((folder) => `${folder}/**/*.{edge,json,txt,js,css,svg}`)
    const files = globSync(patterns, { cwd: app.makePath() })
    assert.isAbove(files.length, 150)
    assert.includeMembers(names, files)
  })

  test('it has every folder that can be imported from', ({ assert }) => {
    const { imports } = JSON.parse(readFileSync(app.makePath('package.json'), 'utf8'))
    for (const path of Object.values<string>(imports)) {
      const folder = path.replace('./', '').replace('/*.js', '')
      if (NOT_BUILT.includes(folder) || !existsSync(app.makePath(folder))) continue
      assert.isTrue(
        names.some((name) => name.startsWith(`${folder}/`)),
        folder
      )
    }
  })
})
