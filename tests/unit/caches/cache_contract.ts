import { test } from '@japa/runner'
import type { Cache } from '#caches/cache'

const MINUTE = 60_000
const entry = (value: string, position: bigint) => ({ value: JSON.stringify(value), position })

/** What every cache must do; registered once for each adapter. */
export function cacheContract(name: string, create: () => Cache | Promise<Cache>) {
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
