import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import type { Cache } from '#caches/cache'
import { ReadThrough, type Source } from '#caches/read_through'
import { KeptMarkup } from '#markup/kept_markup'
import { Markup } from '#markup/markup'
import { newSession } from '#tests/helpers/caching'

const MINUTE = 60_000
const MEGABYTE = 1024 * 1024
const entry = (value: string, position: bigint) => ({ value: JSON.stringify(value), position })

/** What every cache must do; registered once for each adapter. */
export function cacheContract(name: string, create: () => Cache | Promise<Cache>) {
  renderedContract(name, create)

  test.group(`Cache contract | ${name}`, (group) => {
    let cache: Cache

    group.each.setup(async () => {
      cache = await create()
      await cache.keepAlive(MINUTE, 0n)
    })

    test('has nothing at first, and takes a fill from any position', async ({ assert }) => {
      assert.isNull((await cache.read('k', 'f')).entry)
      assert.isTrue(await cache.fill('k', 'f', entry('old', 10n), MINUTE))
      const { entry: found } = await cache.read('k', 'f')
      assert.equal(found!.value, '"old"')
      assert.equal(found!.position, 10n)
    })

    test('forgets what has outlived its time', async ({ assert }) => {
      await cache.fill('k', 'f', entry('old', 10n), 5)
      await new Promise((resolve) => setTimeout(resolve, 15))
      assert.isNull((await cache.read('k', 'f')).entry)
    })

    test('drops every field of a key whose floor is raised, and no other key', async ({
      assert,
    }) => {
      await cache.fill('k', 'f', entry('a', 10n), MINUTE)
      await cache.fill('k', 'g', entry('b', 10n), MINUTE)
      await cache.fill('other', 'f', entry('c', 10n), MINUTE)
      await cache.raiseFloor(['k'], 20n)
      assert.isNull((await cache.read('k', 'f')).entry)
      assert.isNull((await cache.read('k', 'g')).entry)
      assert.equal((await cache.read('other', 'f')).entry!.value, '"c"')
    })

    test('refuses a fill that was read below the floor', async ({ assert }) => {
      await cache.raiseFloor(['k'], 20n)
      assert.isFalse(await cache.fill('k', 'f', entry('old', 19n), MINUTE))
      assert.isNull((await cache.read('k', 'f')).entry)
    })

    test('takes a fill that was read at the floor', async ({ assert }) => {
      await cache.raiseFloor(['k'], 20n)
      assert.isTrue(await cache.fill('k', 'f', entry('new', 20n), MINUTE))
    })

    test('tells a reader the floor that its fill must reach', async ({ assert }) => {
      await cache.raiseFloor(['k'], 20n)
      assert.equal((await cache.read('k', 'f')).floor, 20n)
    })

    test('refuses the fill of a reader who was overtaken between read and store', async ({
      assert,
    }) => {
      const { floor } = await cache.read('k', 'f')
      assert.isTrue(floor <= 10n)
      await cache.raiseFloor(['k'], 20n)
      assert.isFalse(await cache.fill('k', 'f', entry('old', 10n), MINUTE))
    })

    test('never lowers a floor, however late or often an event comes', async ({ assert }) => {
      await cache.raiseFloor(['k'], 20n)
      await cache.raiseFloor(['k'], 15n)
      await cache.raiseFloor(['k'], 20n)
      assert.equal((await cache.read('k', 'f')).floor, 20n)
      assert.isFalse(await cache.fill('k', 'f', entry('old', 15n), MINUTE))
    })

    test('counts nothing that it holds once the feed has been silent for too long', async ({
      assert,
    }) => {
      await cache.fill('k', 'f', entry('old', 10n), MINUTE)
      assert.isNotNull((await cache.read('k', 'f')).entry)
      await cache.keepAlive(20, 0n)
      await new Promise((resolve) => setTimeout(resolve, 40))
      assert.isNull((await cache.read('k', 'f')).entry)
      await cache.keepAlive(MINUTE, 0n)
      assert.isNotNull((await cache.read('k', 'f')).entry)
    })

    test('takes what no announced change has touched for as fresh as the watermark', async ({
      assert,
    }) => {
      await cache.fill('k', 'f', entry('same', 10n), MINUTE)
      await cache.keepAlive(MINUTE, 50n)
      await cache.keepAlive(MINUTE, 40n)
      const { entry: found } = await cache.read('k', 'f')
      assert.equal(found!.position, 10n)
      assert.equal(found!.currentAt, 50n)
    })

    test('raises all floors at once, those of keys that it has never seen too', async ({
      assert,
    }) => {
      await cache.fill('k', 'f', entry('old', 10n), MINUTE)
      await cache.raiseFloor(['high'], 50n)
      await cache.raiseAllFloors(30n)
      assert.isNull((await cache.read('k', 'f')).entry)
      assert.isFalse(await cache.fill('k', 'f', entry('old', 29n), MINUTE))
      assert.isFalse(await cache.fill('unseen', 'f', entry('old', 29n), MINUTE))
      assert.isFalse(await cache.fill('high', 'f', entry('old', 30n), MINUTE))
      assert.isTrue(await cache.fill('unseen', 'f', entry('new', 30n), MINUTE))
    })
  })
}

/** What is rendered from what a cache holds is no older than that. */
function renderedContract(name: string, create: () => Cache | Promise<Cache>) {
  test.group(`Cache contract, rendered pages | ${name}`, (group) => {
    let cache: Cache
    let position: bigint
    let price: number
    let rendered: number
    let show: (before?: () => Promise<void>) => Promise<string>

    group.each.setup(async () => {
      cache = await create()
      await cache.keepAlive(MINUTE, 0n)
      ;[position, price, rendered] = [10n, 52, 0]
      show = visits()
    })

    function visits() {
      const kept = new KeptMarkup(MEGABYTE)
      const readThrough = new ReadThrough(cache, null!, logger)
      return async (before = async () => {}) => {
        const source: Source<{ price: number }> = {
          mayLag: false,
          readAt: async () => {
            const reading = { position, latest: position, isSettled: true, value: { price } }
            await before()
            return reading
          },
        }
        const page = await readThrough.getFrom('shop', 'page', newSession(), source)
        const markup = await kept.get('shop', [page], async () => {
          rendered++
          return Markup.of(`₹${page.price}`)
        })
        return markup.filled(() => '').toString()
      }
    }

    const announce = async (changed: number) => {
      ;[price, position] = [changed, position + 10n]
      await cache.raiseFloor(['shop'], position)
    }

    test('are rendered once while nothing changes', async ({ assert }) => {
      for (let visit = 0; visit < 5; visit++) assert.equal(await show(), '₹52')
      assert.equal(rendered, 1)
    })

    test('go with what they were made from when its floor is raised', async ({ assert }) => {
      assert.equal(await show(), '₹52')
      await announce(60)
      for (let visit = 0; visit < 3; visit++) assert.equal(await show(), '₹60')
      assert.equal(rendered, 2)
      await cache.raiseAllFloors(position + 10n)
      ;[price, position] = [70, position + 10n]
      assert.equal(await show(), '₹70')
    })

    test('of a reader who was overtaken are shown to nobody else', async ({ assert }) => {
      assert.equal(await show(() => announce(60)), '₹52')
      for (let visit = 0; visit < 3; visit++) assert.equal(await show(), '₹60')
    })

    test('are not shown any more once the feed has been silent for too long', async ({
      assert,
    }) => {
      assert.equal(await show(), '₹52')
      price = 60
      assert.equal(await show(), '₹52')
      await cache.keepAlive(0, 0n)
      assert.equal(await show(), '₹60')
    })
  })
}
