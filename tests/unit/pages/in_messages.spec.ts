import { test } from '@japa/runner'
import { inMessages, LONGEST_MESSAGE } from '#pages/in_messages'

const listOf = (count: number) => ({
  head: '*Gupta Kirana*',
  groups: ['*Dals*', '*Rice*'].map((title) => ({
    title,
    lines: Array.from({ length: count }, (_, n) => `${title} ${1_000 + n}, 1 kg: ₹140`),
  })),
  foot: 'Order here',
})

test.group('A list in messages', () => {
  test('is one when it fits, with head, titles and foot', ({ assert }) => {
    assert.deepEqual(inMessages(listOf(2)), [
      `*Gupta Kirana*

*Dals*
*Dals* 1000, 1 kg: ₹140
*Dals* 1001, 1 kg: ₹140

*Rice*
*Rice* 1000, 1 kg: ₹140
*Rice* 1001, 1 kg: ₹140

Order here`,
    ])
  })

  for (const count of [83, 84, 85, 86, 300]) {
    test(`has each line once and whole, and none too long a text, with ${count} lines`, ({
      assert,
    }) => {
      const list = listOf(count)
      const messages = inMessages(list)
      const seen = messages.join('\n').split('\n')
      for (const message of messages) {
        assert.isAtMost(message.length, LONGEST_MESSAGE)
        assert.equal(message, message.trim())
      }
      const lines = list.groups.flatMap((group) => group.lines)
      assert.deepEqual(
        seen.filter((line) => line.includes('₹')),
        lines
      )
      assert.equal(messages.at(-1)!.split('\n').at(-1), 'Order here')
    })
  }

  test('goes on with the title of its group', ({ assert }) => {
    const [, second] = inMessages(listOf(300))
    assert.equal(second.split('\n')[0], '*Dals*')
  })
})
