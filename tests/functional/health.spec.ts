import { test } from '@japa/runner'
import { embeddedCluster } from '#infra/database'
import { eventually } from '#tests/helpers/eventually'
import { Visitor } from '#tests/helpers/visitor'

const ready = async () => {
  const { status, html } = await new Visitor().visit('/health/ready')
  return { status, report: JSON.parse(html) }
}

test.group('Health', () => {
  test('live says that the process answers', async ({ assert }) => {
    assert.equal((await new Visitor().visit('/health/live')).status, 200)
  })

  test('ready tells of the primary, the replica with its lag, and the feed', async ({ assert }) => {
    await eventually(async () => {
      const { status, report } = await ready()
      assert.equal(status, 200)
      assert.isTrue(report.primary.healthy)
      assert.isTrue(report.replica.healthy)
      assert.isAtLeast(report.replica.lagBytes, 0)
      assert.isTrue(report.changeFeed.healthy)
    })
  })

  test('a replica that is down is said, and pages are served all the same', async ({
    assert,
    cleanup,
  }) => {
    const cluster = embeddedCluster()!
    cleanup(() => cluster.startStandby())
    await cluster.stopStandby()
    await eventually(async () => assert.isFalse((await ready()).report.replica.healthy))
    assert.equal((await new Visitor().visit('/shops')).status, 200)
    assert.equal((await ready()).status, 200)
  }).skip(!process.env.DATABASE_URL?.includes('127.0.0.1'), 'needs the embedded cluster')
})
