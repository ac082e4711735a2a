import { test } from '@japa/runner'
import { MessageFormatter } from '#locale/message_formatter'

const ORDERS = '{count, plural, one {# order} other {# orders}} of {who}'

test.group('Message formatter', () => {
  test('puts new values into a message each time', ({ assert }) => {
    const formatter = new MessageFormatter()
    assert.equal(formatter.format(ORDERS, 'en', { count: 1, who: 'Asha' }), '1 order of Asha')
    assert.equal(formatter.format(ORDERS, 'en', { count: 2, who: 'Ravi' }), '2 orders of Ravi')
  })

  test('formats the same message by the rules of each language', ({ assert }) => {
    const formatter = new MessageFormatter()
    const message = '{count, plural, one {one} other {other}}'
    assert.equal(formatter.format(message, 'en', { count: 0 }), 'other')
    assert.equal(formatter.format(message, 'hi', { count: 0 }), 'one')
  })

  test('leaves alone what only looks like HTML', ({ assert }) => {
    assert.equal(new MessageFormatter().format('less <b>than</b> 1', 'en'), 'less <b>than</b> 1')
  })
})
