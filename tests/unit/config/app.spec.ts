import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const QUESTION = `
  const { http } = await import('#config/app')
  const trusts = ['127.0.0.1', '::1', '::ffff:172.18.0.4', '172.18.0.4', '8.8.8.8', 'fd00::2', '']
  console.log(JSON.stringify(trusts.filter((address) => http.trustProxy(address, 0))))`

/** Asks a process of its own, since an environment counts when a process starts. */
async function ask(TRUSTED_PROXIES?: string) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=@poppinss/ts-exec', '--input-type=module', '--eval', QUESTION],
    { cwd: app.makePath(), env: { ...process.env, TRUSTED_PROXIES } }
  )
  return JSON.parse(stdout)
}

test.group('Trusted proxies', (group) => {
  group.each.timeout(20_000)

  test('this machine alone, when nobody is named', async ({ assert }) => {
    assert.deepEqual(await ask(), ['127.0.0.1', '::1'])
  })

  test('the networks that are named', async ({ assert }) => {
    assert.deepEqual(await ask('172.16.0.0/12,fd00::/8'), [
      ...['127.0.0.1', '::1', '::ffff:172.18.0.4', '172.18.0.4', 'fd00::2'],
    ])
  })

  test('what is not a network is refused by name', async ({ assert }) => {
    for (const wrong of ['everybody', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/8/8']) {
      const error = await ask(wrong).catch((caught) => caught)
      assert.include(String(error.stderr), 'TRUSTED_PROXIES must look like 10.0.0.0/8')
    }
  })
})
