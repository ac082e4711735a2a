import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { readSources } from '#infra/compiled/sources'
import { transpile } from '#infra/compiled/transpile'

const LOADER = 'node_modules/@poppinss/ts-exec/build/src/loader.js'

/** What tests and development run; the loader is no export of its package. */
async function loaderOfTests() {
  const { initialize, load } = await import(app.makePath(LOADER))
  await initialize()
  return async (name: string, source: Buffer): Promise<string> => {
    const url = pathToFileURL(join(app.makePath(), name)).href
    const next = async () => ({ source })
    return (await load(url, { format: 'module-typescript' }, next)).source
  }
}

/** The compiled files import each other as JavaScript, and their source maps are files of their own. */
const comparable = (code: string) =>
  code
    .split(/\n\/\/# source/)[0]
    .replace(/^function _ts_rewrite_relative[\s\S]*?\n}\n/, '')
    .replace(/_ts_rewrite_relative_import_extension\((.*)\)\)$/m, '$1)')
    .replaceAll(/(from |import\()['"](\..*?)(?:\.[jt]s)?['"]/g, '$1"$2"')
    .trim()

test.group('The compiler', () => {
  test('makes of every source what the tests run', async ({ assert }) => {
    const asTested = await loaderOfTests()
    const sources = readSources(app.makePath()).filter(({ name }) => name.endsWith('.ts'))
    assert.isAbove(sources.length, 500)
    for (const { name, bytes } of sources) {
      const { code } = await transpile(name, name, bytes.toString())
      assert.equal(comparable(code), comparable(await asTested(name, bytes)), name)
    }
  }).timeout(60_000)

  test('the source map leads to the TypeScript', async ({ assert }) => {
    const { map } = await transpile('app/a.ts', '../../../app/a.ts', 'export const a: number = 1')
    assert.deepEqual(JSON.parse(map).sources, ['../../../app/a.ts'])
  })
})
