import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { Exception } from '@adonisjs/core/exceptions'
import { test } from '@japa/runner'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeHandler } from '#change_feed/change_handler'
import { Replication } from '#replication/replication'
import { changesSetAside } from '#metrics/metrics'

function change(id: string): ChangeEvent {
  return {
    table: 'products',
    operation: 'update',
    key: { id, shop_id: 's1' },
    keyBefore: null,
    transactionId: null,
    committedAt: new Date(),
  }
}

/** Fails for the change `poison`, in whatever company it comes. */
class Handler extends ChangeHandler {
  handled = new Set<string>()
  attempts = 0
  gaps = 0
  age = 0

  constructor(private failure: Error) {
    super()
  }

  async handle(changes: ChangeEvent[]) {
    if (changes.some(({ key }) => key.id === 'poison')) {
      this.attempts++
      throw this.failure
    }
    for (const { key } of changes) this.handled.add(key.id)
  }

  async heartbeat(age: number) {
    this.age = age
  }

  async gap() {
    this.gaps++
  }
}

async function dispatcherTo(...handlers: Handler[]) {
  return new ChangeDispatcher(await app.container.make(Replication), handlers, logger)
}

const setAside = async () => (await changesSetAside.get()).values[0]?.value ?? 0

test.group('Change dispatcher', () => {
  test('sets a change aside that no attempt can handle, and the rest goes on', async ({
    assert,
  }) => {
    const handler = new Handler(new Error('cannot be handled'))
    const dispatcher = await dispatcherTo(handler)
    const before = await setAside()
    await dispatcher.changes([change('one'), change('poison'), change('two')])
    assert.sameMembers([...handler.handled], ['one', 'two'])
    assert.isAbove(handler.attempts, 1)
    assert.equal(await setAside(), before + 1)
    await dispatcher.changes([change('three')])
    assert.isTrue(handler.handled.has('three'))
  })

  test('takes a change that was set aside for a gap, for it may have touched anything', async ({
    assert,
  }) => {
    const handler = new Handler(new Error('cannot be handled'))
    await (await dispatcherTo(handler)).changes([change('poison')])
    assert.equal(handler.gaps, 1)
  })

  test('one handler that fails keeps nothing from the others', async ({ assert }) => {
    const [failing, other] = [new Handler(new Error('cannot be handled')), new Handler(new Error())]
    await (await dispatcherTo(failing, other)).changes([change('one'), change('poison')])
    assert.isTrue(other.handled.has('one'))
  })

  test('leaves it to the feed to repeat what a dependency that is away could not take', async ({
    assert,
  }) => {
    const handler = new Handler(new Exception('away', { status: 503 }))
    const dispatcher = await dispatcherTo(handler)
    await assert.rejects(() => dispatcher.changes([change('poison')]), 'away')
    assert.equal(handler.attempts, 1)
    assert.equal(handler.gaps, 0)
  })

  test('a heartbeat is as old as it is when its age has become known', async ({ assert }) => {
    const handler = new Handler(new Error())
    const replication = await app.container.make(Replication)
    const onItsWay = 200
    const slow = Object.assign(Object.create(replication), {
      async timeSince() {
        await delay(onItsWay)
        return 1_000
      },
    })
    await new ChangeDispatcher(slow, [handler], logger).heartbeat(new Date(), 0n)
    assert.isAtLeast(handler.age, 1_000 + onItsWay - 5)
  })
})
