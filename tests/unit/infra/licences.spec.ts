import { test } from '@japa/runner'
import { licences } from '../../../infra/licences.js'

/** Licences that ask for no more than to be passed on with the work. */
const PERMISSIVE = /^(MIT|ISC|Apache-2\.0|BSD-[023]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|OFL-1\.1)$/

/** MPL-2.0 covers the package's own files alone, and these are used as they were published. */
const UNCHANGED = ['web-push MPL-2.0']

test.group('The licences of what the application is made of', () => {
  test('each is known and permissive', ({ assert }) => {
    assert.isNotEmpty(licences)
    const others = licences.filter(({ name, licence }) => {
      if (UNCHANGED.includes(`${name} ${licence}`)) return false
      return !licence.split(' AND ').every((part) => PERMISSIVE.test(part))
    })
    assert.isEmpty(others)
  })
})
