import { test } from '@japa/runner'
import { parsePosition, type Position } from '#replication/position'
import { later, type SessionClock } from '#replication/session_clock'
import { SearchEngine } from '#search/search_engine'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { everythingPassed } from '#tests/helpers/passed'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'
import { swapped } from '#tests/helpers/swapped'
import { issueToken } from '#tokens/token_users'
import type Product from '#models/product'

/** A browser whose answers arrive when the test says so. */
class Browser {
  #cookies = new Map<string, string>()

  constructor(private headers: Record<string, string> = {}) {}

  /** Sends a request with the cookies of now; `arrive` is when the browser has the answer. */
  async ask(path: string) {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, {
      headers: { ...this.headers, cookie },
    })
    const page = await answer.text()
    return { page, arrive: () => this.#keep(answer.headers.getSetCookie()) }
  }

  async visit(path: string) {
    const { page, arrive } = await this.ask(path)
    arrive()
    return page
  }

  get seen() {
    const values = [...this.#cookies].filter(([name]) => name.startsWith('seen'))
    return values.map(([, value]) => {
      const [message] = decodeURIComponent(value).slice(2).split('.')
      return parsePosition(JSON.parse(Buffer.from(message, 'base64url').toString()).message)
    })
  }

  set(name: string, value: string) {
    this.#cookies.set(name, value)
  }

  has(name: string) {
    return this.#cookies.has(name)
  }

  #keep(lines: string[]) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';')
      const [name] = pair.split('=')
      const isGone = attributes.some((text) => /max-age=-|max-age=0|1970/i.test(text))
      if (isGone) this.#cookies.delete(name)
      else this.#cookies.set(name, pair.slice(name.length + 1))
    }
  }
}

/** The replica stands still, so that a browser has to remember what it was shown. */
test.group('Answers that cross on their way to one browser', (group) => {
  let product: Product
  let path: string

  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ pricePaise: 10_100 })
    path = `/shops/${product.shopId}`
    await everythingPassed()
    await pauseReplay()
    await product.merge({ pricePaise: 10_200 }).save()
    return resumeReplay
  })

  const latestOf = (browser: Browser) => browser.seen.reduce(later, 0n)

  /** The pages of a shop before and after a change, asked for with the same cookies. */
  async function olderAndNewer(browser: Browser) {
    const older = await browser.ask(path)
    await product.merge({ pricePaise: 20_200 }).save()
    const newer = await eventually(async () => {
      const answer = await browser.ask(path)
      if (!answer.page.includes('202')) throw new Error('The page is still the old one')
      return answer
    })
    return { older, newer: newer as typeof older }
  }

  test('do not lower what it was shown, whichever comes last', async ({ assert }) => {
    const browser = new Browser()
    await browser.visit('/shops')
    const { older, newer } = await olderAndNewer(browser)
    newer.arrive()
    const shown = latestOf(browser)
    older.arrive()
    assert.equal(latestOf(browser), shown)
    await browser.visit(path)
    assert.isTrue(latestOf(browser) >= shown)
  })

  test('leave one cookie when the next answer has come', async ({ assert }) => {
    const browser = new Browser()
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => browser.ask(path)))
      for (const { arrive } of answers.reverse()) arrive()
      assert.isAtMost(browser.seen.length, 6)
    }
    await browser.visit(path)
    assert.lengthOf(browser.seen, 1)
  })

  test('are not told what was shown by anybody but the server', async ({ assert }) => {
    const browser = new Browser()
    browser.set('seen_forged', 'FFFFFFFF/FFFFFFFF')
    await browser.visit(path)
    assert.isFalse(browser.has('seen_forged'))
    assert.isTrue(latestOf(browser) < parsePosition('FFFFFFFF/0'))
  })

  test('are forgotten when everybody shows what was seen', async ({ assert }) => {
    const browser = new Browser()
    await browser.visit(path)
    assert.lengthOf(browser.seen, 1)
    await resumeReplay()
    await eventually(async () => {
      await browser.visit(path)
      assert.isEmpty(browser.seen)
    }, 10_000)
  })

  test('tell a program that keeps cookies how new its next answer is to be', async ({
    assert,
    cleanup,
  }) => {
    const asked: Position[] = []
    const search = async (_: unknown, clock: SessionClock) => {
      asked.push(clock.needed)
      return { count: 0, more: false, hits: [] }
    }
    cleanup(swapped(SearchEngine, () => ({ search }) as unknown as SearchEngine))
    const { value } = await issueToken(await createUser())
    const program = new Browser({ authorization: `Bearer ${value!.release()}` })
    await program.visit('/api/search?q=besan')
    await program.visit(`/api${path}/products/`)
    const shown = latestOf(program)
    await program.visit('/api/search?q=besan')
    assert.isTrue(asked[0] < shown)
    assert.equal(asked[1], shown)
  })
})
