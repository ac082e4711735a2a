import type { Suite } from '@japa/runner/core'
import type { Browser } from 'playwright'

const uncaught: Error[] = []

/** Notes what no script of a page has caught. */
export function noteUncaught(browser: Browser) {
  return browser.on('context', (context) => {
    context.on('weberror', (error) => uncaught.push(error.error()))
  })
}

/** Each test of the suite fails when a script of its pages threw an error. */
export function failForUncaught(suite: Suite) {
  suite.onGroup((group) => {
    group.each.teardown(() => {
      const [error] = uncaught.splice(0)
      if (error) throw error
    })
  })
}
