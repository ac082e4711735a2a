import { test } from '@japa/runner'
import { KeptMarkup } from '#markup/kept_markup'
import { mark } from '#markup/holes'
import { Markup } from '#markup/markup'
import { bytesHeld, collectGarbage } from '#tests/helpers/memory'

const MEGABYTE = 1024 * 1024
const textOf = (markup: Markup) => markup.filled(() => '').toString()

/** Renders prices, and counts how often. */
function printer(kept = new KeptMarkup(MEGABYTE)) {
  const printed: unknown[] = []
  const show = async (key: string, from: unknown[], text = JSON.stringify(from)) =>
    textOf(
      await kept.get(key, from, async () => {
        printed.push(key)
        return Markup.of(`<p>${text}</p>`)
      })
    )
  return { show, printed }
}

test.group('Kept markup', () => {
  test('is rendered once for the same objects, also by a crowd that comes at once', async ({
    assert,
  }) => {
    const { show, printed } = printer()
    const list = { price: 1 }
    await Promise.all(Array.from({ length: 100 }, () => show('shop', [list])))
    assert.equal(await show('shop', [list]), '<p>[{"price":1}]</p>')
    assert.lengthOf(printed, 1)
  })

  test('is never shown for another object, however equal', async ({ assert }) => {
    const { show, printed } = printer()
    await show('shop', [{ price: 1 }])
    assert.equal(await show('shop', [{ price: 2 }]), '<p>[{"price":2}]</p>')
    assert.equal(await show('shop', [{ price: 2 }]), '<p>[{"price":2}]</p>')
    assert.lengthOf(printed, 3)
  })

  test('counts only if every object is the same, and there are as many', async ({ assert }) => {
    const { show } = printer()
    const [page, cities] = [{ page: 1 }, { cities: 1 }]
    await show('shops', [page, cities])
    const others = { cities: 2 }
    assert.include(await show('shops', [page, others]), '"cities":2')
    assert.include(await show('shops', [page, cities]), '"cities":1')
    assert.notInclude(await show('shops', [page]), 'cities')
  })

  test('of an older object that was slower to render does not stay', async ({ assert }) => {
    const kept = new KeptMarkup(MEGABYTE)
    const mayRender = Promise.withResolvers<void>()
    const [before, after] = [{}, {}]
    const slow = kept.get('shop', [before], async () => {
      await mayRender.promise
      return Markup.of('old')
    })
    assert.equal(textOf(await kept.get('shop', [after], async () => Markup.of('new'))), 'new')
    mayRender.resolve()
    assert.equal(textOf(await slow), 'old')
    const again = await kept.get('shop', [after], () => Promise.reject(new Error('rendered twice')))
    assert.equal(textOf(again), 'new')
  })

  test('that fails fails for those who wait, and is tried again', async ({ assert }) => {
    const kept = new KeptMarkup(MEGABYTE)
    const from = [{}]
    const failing = () => kept.get('shop', from, () => Promise.reject(new Error('no template')))
    const results = await Promise.allSettled([failing(), failing()])
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected']
    )
    assert.equal(textOf(await kept.get('shop', from, async () => Markup.of('there'))), 'there')
  })

  test('takes no more memory than it may, and gives up what was used least', async ({ assert }) => {
    const { show, printed } = printer(new KeptMarkup(40_000))
    const lists = Array.from({ length: 8 }, (_, number) => ({ number }))
    const visit = (number: number) => show(`shop ${number}`, [lists[number]], 'x'.repeat(1_000))
    for (const number of lists.keys()) {
      await visit(number)
      await visit(0)
    }
    assert.lengthOf(printed, 8)
    for (let round = 0; round < 20; round++) {
      await show(`other ${round}`, [{ round }], 'x'.repeat(1_000))
      await visit(0)
    }
    assert.equal(printed.filter((key) => key === 'shop 0').length, 1)
    await visit(5)
    assert.equal(printed.filter((key) => key === 'shop 5').length, 2)
  })

  test('takes no more memory than it may with everything that was made of it', async ({
    assert,
  }) => {
    const before = await bytesHeld()
    const kept = new KeptMarkup(2 * MEGABYTE)
    for (let number = 0; number < 200; number++) {
      const page = await kept.get(`shop ${number}`, [], async () => {
        const id = `${number}`.padStart(36, '0')
        return Markup.of(`<p>${`${number} `.repeat(500)}</p>${mark('in_cart', id)}`.repeat(3))
      })
      const whole = page.whole(() => '')
      for (const encoding of ['gzip', 'br'] as const) whole.in(encoding)
      Buffer.from(`another request ${number}`.repeat(100))
    }
    assert.isBelow((await bytesHeld()) - before, 3 * MEGABYTE)
    assert.isNotNull(kept)
  }).timeout(60_000)

  test('does not keep what it was made from', async ({ assert }) => {
    const kept = new KeptMarkup(MEGABYTE)
    const show = async () => {
      const list = { price: 1 }
      await kept.get('shop', [list, 'open until 21:00', undefined], async () => Markup.of('old'))
      return new WeakRef(list)
    }
    const list = await show()
    await collectGarbage()
    assert.isUndefined(list.deref())
    const other = await kept.get('shop', [undefined, 'open until 21:00', undefined], async () =>
      Markup.of('new')
    )
    assert.equal(textOf(other), 'new')
  }).timeout(60_000)

  test('says at each time what is true then, though nothing was changed', async ({ assert }) => {
    const { show, printed } = printer()
    const shop = { closes: 21 }
    const words = (hour: number) => (hour < shop.closes ? 'open until 21:00' : 'opens at 8:00')
    const visit = (hour: number) => show('shop', [shop, words(hour)], words(hour))
    for (const hour of [9, 12, 20]) assert.equal(await visit(hour), '<p>open until 21:00</p>')
    assert.lengthOf(printed, 1)
    for (const hour of [21, 22]) assert.equal(await visit(hour), '<p>opens at 8:00</p>')
    assert.lengthOf(printed, 2)
  })
})
