import { spawnSync, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** The project as a clone has it, with its packages and without `.env`. */
function clone() {
  const root = mkdtempSync(join(tmpdir(), 'clone-'))
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', list, { cwd: app.makePath(), encoding: 'utf8' })
  for (const file of files.split('\0').filter((name) => name && existsSync(app.makePath(name)))) {
    cpSync(app.makePath(file), join(root, file))
  }
  symlinkSync(app.makePath('node_modules'), join(root, 'node_modules'))
  return root
}

/** With nothing in the environment but the way to the programs. */
function ace(root: string, ...words: string[]) {
  const { PATH, HOME } = process.env
  return spawnSync('node', ['ace', ...words], { cwd: root, env: { PATH, HOME }, encoding: 'utf8' })
}

test.group('A clone without .env', (group) => {
  let root: string

  group.each.timeout(120_000)
  group.setup(() => {
    root = clone()
    return () => rmSync(root, { recursive: true, force: true })
  })

  test('it is built without a secret and without a database', ({ assert }) => {
    const { status, stdout, stderr } = ace(root, 'build')
    assert.equal(status, 0, stdout + stderr)
    for (const file of ['bin/server.js', 'ace.js', 'resources/views/pages/home.edge']) {
      assert.isTrue(existsSync(join(root, 'build', file)), file)
    }
    assert.isFalse(existsSync(join(root, '.env')))
    assert.isFalse(existsSync(join(root, '.data')))
  })

  test('a command that works on data says in one line what is missing', ({ assert }) => {
    const { status, stderr } = ace(root, 'data:status')
    assert.equal(status, 1)
    assert.match(stderr.trim(), /^Validation failed for .*"NODE_ENV".*"APP_KEY".*"LOG_LEVEL"$/)
  })
})
