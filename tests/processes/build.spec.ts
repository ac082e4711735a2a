import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { cloneProject } from '#tests/helpers/clone'

/** With nothing in the environment but the way to the programs. */
function run(root: string, command: string, ...words: string[]) {
  const { PATH, HOME } = process.env
  return spawnSync(command, words, { cwd: root, env: { PATH, HOME }, encoding: 'utf8' })
}

test.group('A clone without .env', (group) => {
  let root: string

  group.each.timeout(120_000)
  group.setup(() => {
    root = cloneProject()
    return () => rmSync(root, { recursive: true, force: true })
  })

  test('it is built without a secret and without a database', ({ assert }) => {
    const { status, stdout, stderr } = run(root, 'npm', 'run', '--silent', 'build')
    assert.equal(status, 0, stdout + stderr)
    for (const file of ['bin/server.js', 'ace.js', 'resources/views/pages/home.edge']) {
      assert.isTrue(existsSync(join(stdout.trim(), file)), file)
    }
    assert.isFalse(existsSync(join(root, '.env')))
    assert.isFalse(existsSync(join(root, '.data')))
  })

  test('a command that works on data says in one line what is missing', ({ assert }) => {
    const { status, stderr } = run(root, 'node', 'ace', 'data:status')
    assert.equal(status, 1)
    assert.match(stderr.trim(), /^Validation failed for .*"NODE_ENV".*"APP_KEY".*"LOG_LEVEL"$/)
  })

  test('its commands run from the build, with the settings of the project', ({ assert }) => {
    const build = run(root, 'npm', 'run', '--silent', 'build').stdout.trim()
    writeFileSync(
      join(root, '.env'),
      'NODE_ENV=production\nLOG_LEVEL=warn\nAPP_KEY=' + 'k'.repeat(32)
    )
    const { status, stdout, stderr } = run(build, 'node', 'ace', 'list')
    assert.equal(status, 0, stderr)
    assert.include(stdout, 'users:password')
  })
})
