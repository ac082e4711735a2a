import { setImmediate as tick } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Pgoutput } from 'pg-logical-replication'
import type { ChangeEvent } from '#change_feed/change_event'
import { HEARTBEAT } from '#change_feed/heartbeat'
import { PgoutputDelivery } from '#change_feed/pgoutput_delivery'

const relation = { name: 'products', keyColumns: ['id'] }

/** A transaction that inserts a row, or sends a heartbeat when there is no id. */
function transaction(end: number, id?: string) {
  const body = id
    ? { tag: 'insert', relation, new: { id } }
    : { tag: 'message', prefix: HEARTBEAT, content: '' }
  return [
    { tag: 'begin', xid: end, commitTime: 0n },
    body,
    { tag: 'commit', commitEndLsn: `0/${end}`, commitTime: 0n },
  ] as unknown as Pgoutput.Message[]
}

/** A listener that waits for `goOn` in its first call, and what became of everything. */
function create(failure: Error | null = null) {
  const gate = Promise.withResolvers<void>()
  const told: string[] = []
  const listener = {
    async changes(changes: ChangeEvent[]) {
      told.push(`changes ${changes.map(({ key }) => key.id).join()}`)
      await gate.promise
      if (failure) throw failure
    },
    async heartbeat(_: Date, position: bigint) {
      told.push(`heartbeat ${position.toString(16)}`)
    },
    async gap() {},
  }
  const delivery = new PgoutputDelivery(listener, {
    confirm: async (end) => void told.push(`confirm ${end}`),
    fail: (error) => told.push(`failed: ${(error as Error).message}`),
  })
  const receive = async (...messages: Pgoutput.Message[]) => {
    for (const message of messages) await delivery.receive(message)
  }
  return { delivery, receive, told, goOn: gate.resolve }
}

test.group('Delivery of transactions', () => {
  test('what arrives while the listener is busy comes as one batch, confirmed once', async ({
    assert,
  }) => {
    const { delivery, receive, told, goOn } = create()
    await receive(...transaction(1, 'a'), ...transaction(2, 'b'), ...transaction(3, 'c'))
    assert.deepEqual(told, ['changes a'])
    assert.isFalse(delivery.isIdle)
    goOn()
    while (!delivery.isIdle) await tick()
    assert.deepEqual(told, ['changes a', 'confirm 0/1', 'changes b,c', 'confirm 0/3'])
  })

  test('a heartbeat comes after every change before it, with its own position', async ({
    assert,
  }) => {
    const { delivery, receive, told, goOn } = create()
    await receive(...transaction(1, 'a'), ...transaction(2, 'b'), ...transaction(3))
    await receive(...transaction(4, 'c'))
    goOn()
    while (!delivery.isIdle) await tick()
    assert.deepEqual(told.slice(2), ['changes b,c', 'heartbeat 3', 'confirm 0/4'])
  })

  test('a listener that is too slow makes the log wait', async ({ assert }) => {
    const { receive, told, goOn } = create()
    const rows = Array.from({ length: 1_000 }, (_, at) => transaction(at + 2, `row ${at}`))
    let arrived = false
    const all = receive(...transaction(1, 'a'), ...rows.flat()).then(() => (arrived = true))
    for (let turn = 0; turn < 50; turn++) await tick()
    assert.isFalse(arrived)
    goOn()
    await all
    assert.isAbove(told.length, 2)
  })

  test('nothing is confirmed or handed over after the listener has failed', async ({ assert }) => {
    const { receive, told, goOn } = create(new Error('not now'))
    await receive(...transaction(1, 'a'))
    goOn()
    await tick()
    await receive(...transaction(2, 'b'))
    await tick()
    assert.deepEqual(told, ['changes a', 'failed: not now'])
  })

  test('stopping finishes and confirms what is in hand, and nothing else', async ({ assert }) => {
    const { delivery, receive, told, goOn } = create()
    await receive(...transaction(1, 'a'), ...transaction(2, 'b'))
    const stopped = delivery.stop()
    goOn()
    await stopped
    assert.deepEqual(told, ['changes a', 'confirm 0/1'])
  })
})
