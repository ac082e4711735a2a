import { test } from '@japa/runner'
import { createProduct } from '#tests/helpers/factories'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { Visitor } from '#tests/helpers/visitor'

const visit = (headers: Record<string, string> = {}) => new Visitor(headers).visit('/metrics')

async function value(name: string) {
  const { html } = await visit()
  const line = html.split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

test.group('Metrics', (group) => {
  group.setup(emptyDatabase)

  test('tell of positions, replicas, slots and the feed', async ({ assert }) => {
    await eventually(async () => {
      const { html } = await visit()
      assert.match(html, /^kirana_primary_position_bytes [1-9]\d+$/m)
      assert.match(html, /^kirana_replica_lag_bytes\{replica="[^"]+"\} \d+$/m)
      assert.match(html, /^kirana_slot_lost\{slot="kirana_embedded_[0-9a-f]+"\} 0$/m)
      assert.isBelow(await value('kirana_change_feed_heartbeat_age_seconds'), 5)
    })
  })

  test('count hits and misses of the cache', async ({ assert }) => {
    const product = await createProduct()
    const visitor = new Visitor()
    const hits = await value('kirana_cache_reads_total{outcome="hit"}')
    await eventually(async () => {
      await visitor.visit(`/shops/${product.shopId}`)
      assert.isAbove(await value('kirana_cache_reads_total{outcome="hit"}'), hits)
    })
    assert.isAbove(await value('kirana_cache_reads_total{outcome="miss"}'), 0)
  })

  test('are not for the public', async ({ assert }) => {
    assert.equal((await visit({ 'x-forwarded-for': '203.0.113.7' })).status, 404)
  })
})
