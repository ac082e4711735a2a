import { test } from '@japa/runner'
import { isFirstVisit } from '#public_files/first_visit'

test.group('A first visit', () => {
  test('comes from elsewhere, and not through our service worker', ({ assert }) => {
    for (const site of ['none', 'cross-site', 'same-site']) {
      assert.isTrue(isFirstVisit({ 'sec-fetch-site': site }), site)
      const worker = { 'service-worker-navigation-preload': 'true' }
      assert.isFalse(isFirstVisit({ 'sec-fetch-site': site, ...worker }), site)
    }
  })

  test('is not one from our own pages, or from a browser that does not say', ({ assert }) => {
    assert.isFalse(isFirstVisit({ 'sec-fetch-site': 'same-origin' }))
    assert.isFalse(isFirstVisit({}))
  })
})
