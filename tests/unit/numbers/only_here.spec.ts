import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const root = app.makePath()

function found(files: string, pattern: RegExp, except: string[] = []) {
  return globSync(files, { cwd: root })
    .filter((file) => !except.includes(file))
    .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))
}

test.group('Numbers that people type', () => {
  test('are read by app/numbers, not by Number()', ({ assert }) => {
    const strict = ['app/validators/count.ts', 'app/validators/search.ts']
    assert.isEmpty(found('app/validators/*.ts', /vine\s*\.number\(\)/, strict))
    assert.isEmpty(found('commands/*.ts', /@flags\.number/))
  })

  test('are checked by the server, which says what is wrong, and not by the browser', ({
    assert,
  }) => {
    assert.isAbove(globSync('resources/views/**/*.edge', { cwd: root }).length, 100)
    const search = 'resources/views/components/search_input.edge'
    const filter = 'resources/views/partials/owner/products/find.edge'
    const silent = /pattern[=:]|maxlength[=:]|minlength[=:]|type(="|: ')number/
    assert.isEmpty(found('resources/views/**/*.edge', silent, [search, filter]))
  })
})
