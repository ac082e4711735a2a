import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const OLD = 'an old key of more than sixteen characters'
const NEW = 'a new key of more than sixteen characters'

const SETUP = `
  const { default: config } = await import('#config/encryption')
  const { EncryptionManager } = await import('@adonisjs/core/encryption')
  const encryption = new EncryptionManager(await config.resolver()).use()`
const MAKE = `${SETUP}
  console.log(JSON.stringify([encryption.encrypt('cart'), encryption.getMessageVerifier().sign('id')]))`
const READ = `${SETUP}
  const [sealed, signed] = JSON.parse(process.env.MADE)
  console.log(JSON.stringify([encryption.decrypt(sealed), encryption.getMessageVerifier().unsign(signed)]))`

/** Asks a process of its own, since an environment counts when a process starts. */
async function ask(question: string, env: NodeJS.ProcessEnv) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=@poppinss/ts-exec', '--input-type=module', '--eval', question],
    { cwd: app.makePath(), env: { ...process.env, ...env } }
  )
  return JSON.parse(stdout) as (string | null)[]
}

test.group('Encryption', (group) => {
  group.each.timeout(30_000)

  test('with a new key reads what the earlier one made, when that is named', async ({ assert }) => {
    const MADE = JSON.stringify(await ask(MAKE, { APP_KEY: OLD }))
    assert.deepEqual(await ask(READ, { APP_KEY: NEW, EARLIER_APP_KEYS: OLD, MADE }), ['cart', 'id'])
    assert.deepEqual(await ask(READ, { APP_KEY: NEW, MADE }), [null, null])
    const [sealed] = await ask(MAKE, { APP_KEY: NEW, EARLIER_APP_KEYS: OLD })
    assert.deepEqual(await ask(READ, { APP_KEY: NEW, MADE: JSON.stringify([sealed, '']) }), [
      'cart',
      null,
    ])
  })

  test('is authenticated: what was changed on the way is nothing', async ({ assert }) => {
    const [sealed, signed] = await ask(MAKE, { APP_KEY: NEW })
    assert.match(sealed!, /^gcm\./)
    const changed = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
    for (const at of [6, Math.floor(sealed!.length / 2), sealed!.length - 3]) {
      const MADE = JSON.stringify([changed(sealed!, at), changed(signed!, signed!.length - 3)])
      assert.deepEqual(await ask(READ, { APP_KEY: NEW, MADE }), [null, null])
    }
  })
})
