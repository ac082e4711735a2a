import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import SecurityEvent from '#events/security_event'
import { SecurityLog } from '#security/security_log'

function eventFrom(address: string, ...told: ConstructorParameters<typeof SecurityEvent>) {
  const event = new SecurityEvent(...told)
  return Object.assign(event, {
    from: { user: null, address, request: 'r', route: 'sessions.store' },
  })
}

const refusal = (address: string) => eventFrom(address, 'limit.reached', { limit: 10 })

function logTo(lines: any[], append?: () => Promise<void>) {
  const add = async (line: string) => void lines.push(JSON.parse(line))
  return new SecurityLog({ append: append ?? add }, logger)
}

test.group('Security log', () => {
  test('writes in the order in which things happened', async ({ assert }) => {
    const lines: any[] = []
    const log = new SecurityLog(
      {
        async append(line) {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
          lines.push(JSON.parse(line))
        },
      },
      logger
    )
    for (let n = 0; n < 20; n++)
      log.note(eventFrom('10.0.0.1', 'tokens.revoked', { account: 'a', tokens: n }))
    await log.flush()
    assert.deepEqual(
      lines.map(({ tokens }) => tokens),
      [...Array(20).keys()]
    )
  })

  test('counts what one address repeats, instead of writing it', async ({ assert }) => {
    const lines: any[] = []
    const log = logTo(lines)
    for (let n = 0; n < 1_000; n++) log.note(refusal('10.0.0.1'))
    log.note(refusal('10.0.0.2'))
    await log.flush()
    assert.lengthOf(
      lines.filter(({ event }) => event === 'limit.reached'),
      21
    )
    assert.deepInclude(lines.at(-1), { event: 'lines.left_out', lines: { 'limit.reached': 980 } })
  })

  test('takes the addresses of one IPv6 network for one', async ({ assert }) => {
    const lines: any[] = []
    const log = logTo(lines)
    for (let n = 0; n < 100; n++) log.note(refusal(`2001:db8::${n.toString(16)}`))
    await log.flush()
    assert.lengthOf(lines, 21)
  })

  test('is not filled from many addresses either', async ({ assert }) => {
    const lines: any[] = []
    const log = logTo(lines)
    for (let n = 0; n < 5_000; n++) log.note(refusal(`10.1.${n >> 8}.${n & 255}`))
    await log.flush()
    assert.isAtMost(lines.length, 401)
    assert.equal(lines.at(-1).event, 'lines.left_out')
  })

  test('keeps every line about an account among noise from strangers', async ({ assert }) => {
    const lines: any[] = []
    const log = logTo(lines)
    for (let n = 0; n < 500; n++) log.note(refusal(`10.1.${n >> 8}.${n & 255}`))
    for (let n = 0; n < 50; n++)
      log.note(eventFrom('10.0.0.1', 'password.changed', { account: 'a' }))
    await log.flush()
    assert.lengthOf(
      lines.filter(({ event }) => event === 'password.changed'),
      50
    )
  })

  test('does not fail with its disk, and goes on when there is room', async ({ assert }) => {
    const lines: string[] = []
    let isFull = true
    const log = new SecurityLog(
      {
        async append(line) {
          if (isFull) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
          lines.push(line)
        },
      },
      logger
    )
    log.note(refusal('10.0.0.1'))
    await log.flush()
    isFull = false
    log.note(refusal('10.0.0.1'))
    await log.flush()
    assert.lengthOf(lines, 1)
  })
})
