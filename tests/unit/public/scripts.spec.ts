import { globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const OURS = globSync('*.js', { cwd: app.publicPath() }).filter((file) => !file.endsWith('.min.js'))

/** What a script names for all scripts of a page: outside of any block, and unless it is strict, functions in one. */
const namesOf = (file: string) => {
  const source = readFileSync(app.publicPath(file), 'utf8')
  const declared = source.matchAll(/^(?:const|let|class|(?:async )?function) (\w+)/gm)
  const isShared = /^\{$/m.test(source) && !/^'use strict'$/m.test(source)
  const inBlock = isShared ? source.matchAll(/^ {2}function (\w+)/gm) : []
  return [...declared, ...inBlock].map(([, name]) => name)
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
