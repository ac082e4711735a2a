import edge from 'edge.js'
import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { wordsOf } from '#locale/words'

const RIGHT_TO_LEFT = 'שוק <b>'
const { escape } = edge.globals.html

test.group('Isolated names', () => {
  const { t, bdi } = wordsOf(i18nManager.locale('en'))

  test('are isolated and escaped in the sentence of a page', ({ assert }) => {
    const expected = 'Order from <bdi>שוק &lt;b&gt;</bdi>'
    assert.equal(escape(t('checkout.title', { shop: bdi(RIGHT_TO_LEFT) })), expected)
  })

  test('are isolated in each form of a plural', ({ assert }) => {
    const said = t('closing.deletes', { name: bdi('Gupta'), count: 2, n: '2' })
    assert.include(escape(said), 'so <bdi>Gupta</bdi> is deleted with its 2 products.')
  })

  test('are isolated without markup in titles, messages and what is shared', ({ assert }) => {
    const i18n = i18nManager.locale('en')
    const said = i18n.t('checkout.title', { shop: RIGHT_TO_LEFT })
    assert.equal(said, 'Order from \u2068שוק <b>\u2069')
    assert.equal(i18n.t('checkout.title', { shop: 'Gupta गुप्ता' }), 'Order from Gupta गुप्ता')
  })
})
