import { globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const OURS = globSync('*.js', { cwd: app.publicPath() }).filter((file) => !file.endsWith('.min.js'))

/** What a script names outside of any block, which all scripts of a page share. */
const namesOf = (file: string) => {
  const source = readFileSync(app.publicPath(file), 'utf8')
  const declared = source.matchAll(/^(?:const|let|class|(?:async )?function) (\w+)/gm)
  return [...declared].map(([, name]) => name)
}

test.group('The scripts of a page', () => {
  test('share no name: a second one with it would not run at all', ({ assert }) => {
    const names = OURS.flatMap(namesOf)
    assert.isAbove(names.length, 20)
    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      []
    )
  })
})
