import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { ShopCache } from '#caches/shop_cache'
import { swapped } from '#tests/helpers/swapped'
import { Visitor } from '#tests/helpers/visitor'

test.group('A controller', () => {
  test('is made once, and serves every request', async ({ assert, cleanup }) => {
    const shops = await app.container.make(ShopCache)
    let handedOut = 0
    cleanup(
      swapped(ShopCache, () => {
        handedOut++
        return shops
      })
    )

    for (let visit = 0; visit < 3; visit++) {
      const { status } = await new Visitor().visit('/')
      assert.equal(status, 200)
    }

    assert.equal(handedOut, 1)
  })
})
