import { test } from '@japa/runner'
import { ownBytes, ownText } from '#memory/own_memory'
import { bytesHeld } from '#tests/helpers/memory'

const MEGABYTE = 1024 * 1024
const COUNT = 200

test.group('What is kept', () => {
  test('has its bytes in memory of their own', ({ assert }) => {
    for (const bytes of [ownBytes('बेसन'), ownBytes(Buffer.from('बेसन'))]) {
      assert.equal(bytes.toString(), 'बेसन')
      assert.equal(bytes.buffer.byteLength, bytes.length)
    }
  })

  test('holds no larger text that it was cut from', async ({ assert }) => {
    const before = await bytesHeld()
    const kept = Array.from({ length: COUNT }, (_, number) => {
      const page = `${number} `.repeat(MEGABYTE / 4)
      return ownText(page.slice(100, 150))
    })
    assert.isBelow((await bytesHeld()) - before, 5 * MEGABYTE)
    assert.equal(kept[7], '7 '.repeat(25))
  }).timeout(60_000)
})
