import { readdirSync } from 'node:fs'
import { join, matchesGlob, relative } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import rcFile from '../../../adonisrc.js'

/** Folders whose files are read while the application runs. */
const READ_AT_RUN_TIME = ['connectors', 'database', 'public', 'resources']

function filesBelow(folder: string) {
  const entries = readdirSync(app.makePath(folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.(ts|md)$/.test(entry.name))
    .map(({ parentPath, name }) => relative(app.makePath(), join(parentPath, name)))
}

test.group('The built application', () => {
  test('it has every file that is read while it runs', ({ assert }) => {
    const patterns = rcFile.metaFiles!.map((file) =>
      typeof file === 'string' ? file : file.pattern
    )
    const files = READ_AT_RUN_TIME.flatMap(filesBelow)
    assert.isNotEmpty(files)
    const left = files.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)))
    assert.isEmpty(left)
  })
})
