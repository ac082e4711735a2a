import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { createIgnitor } from '../bin/ignitor.js'
import { withServer } from '#infra/server_process'
import { launchChromium } from '#tests/helpers/chromium'

const USAGE = `Changes the prices of a morning as a shopkeeper does on a phone, and says how long it takes.

    npm run bench:prices -- --prices=40

  --prices=40      how many prices are changed
  --products=600   how many products the shop has
  --help           this text

The phone has 360 × 740 pixels, a processor 4 times slower than this one, and slow 3G: 400 kbit/s both ways, 400 ms
there and back. A tap takes 1.1 s and a digit 0.3 s, which the script waits for; what the page makes people wait for
beyond that is measured. One run goes from price to price with the keyboard's Next; the other changes every third price,
taps each field, and swipes where it is not in sight, which counts as a tap.`

const { values: flags } = parseArgs({
  options: {
    prices: { type: 'string', default: '40' },
    products: { type: 'string', default: '600' },
    help: { type: 'boolean', default: false },
  },
})

const TAP = 1_100
const DIGIT = 300
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
}
const SLOWER = 4
const OWNER = { username: 'bench-owner', password: 'Pass@1234' }
const FIELD = '.price-input'

const wanted = Number(flags.prices)

/** Counts what a hand does, at the speed of a hand, and measures what it waits for. */
class Hand {
  taps = 0
  digits = 0
  /** Milliseconds. */
  waited = 0

  constructor(readonly page: Page) {}

  async tap(work: () => Promise<unknown>) {
    this.taps++
    await delay(TAP)
    await this.wait(work)
  }

  async type(text: string) {
    for (const digit of text) {
      this.digits++
      await delay(DIGIT)
      await this.wait(() => this.page.keyboard.type(digit))
    }
  }

  async wait(work: () => Promise<unknown>) {
    const started = performance.now()
    await work()
    this.waited += performance.now() - started
  }
}

/** With the keyboard's Next from price to price. */
async function oneAfterTheOther({ page, tap, type }: Bound) {
  const field = (place: number) => page.locator(FIELD).nth(place)
  await tap(() => field(0).tap())
  for (let place = 0; place < wanted; place++) {
    await type(newPrice(place))
    await tap(async () => {
      await page.keyboard.press('Enter')
      await page
        .locator(`${FIELD}:focus`)
        .and(field(place + 1))
        .waitFor()
    })
  }
}

/** A field here and there, each with a tap. */
async function hereAndThere({ page, tap, type }: Bound) {
  for (let nth = 0; nth < wanted; nth++) {
    const field = page.locator(FIELD).nth(nth * 3)
    if (!(await isInSight(page, nth * 3))) {
      await tap(() => field.evaluate((input) => input.scrollIntoView({ block: 'start' })))
    }
    await tap(() => field.tap())
    await type(newPrice(nth))
  }
  await tap(() => page.keyboard.press('Enter'))
}

interface Bound {
  page: Page
  tap: Hand['tap']
  type: Hand['type']
}

/** Two digits, each time others than before. */
const newPrice = (nth: number) => String(50 + (nth % 40))

/** Not behind the edges of the window. */
async function isInSight(page: Page, place: number) {
  const box = await page.locator(FIELD).nth(place).boundingBox()
  return box !== null && box.y > 60 && box.y + box.height < 740 - 280
}

/** Each has a shop of its own: prices that were changed once are not the old ones. */
const WAYS = [
  { what: "with the keyboard's Next", work: oneAfterTheOther },
  { what: 'every third price, with a tap on each', work: hereAndThere },
]

type Morning = Awaited<ReturnType<typeof morning>>

async function morning(url: URL, shop: string, work: (bound: Bound) => Promise<void>) {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      bypassCSP: true,
      serviceWorkers: 'block',
    })
    page.setDefaultTimeout(60_000)
    await page.goto(new URL('/login', url).href)
    await page.fill('[name=username]', OWNER.username)
    await page.fill('[name=password]', OWNER.password)
    await page.locator('#session-form button').click()
    await page.waitForURL('**/owner/**')
    await page.goto(new URL('/owner/shops', url).href)
    await page.getByRole('link', { name: shop }).first().click()
    const link = page.locator('a[href$="/prices"]').first()
    await link.waitFor()

    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', SLOW_3G)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const hand = new Hand(page)
    const started = performance.now()
    await hand.tap(async () => {
      await link.tap()
      await page.locator(FIELD).first().waitFor()
    })
    await work({ page, tap: hand.tap.bind(hand), type: hand.type.bind(hand) })
    await hand.wait(() =>
      page
        .locator('[data-undo]')
        .nth(wanted - 1)
        .waitFor()
    )
    const seconds = (performance.now() - started) / 1_000
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await session.send('Network.emulateNetworkConditions', {
      ...SLOW_3G,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })
    await isSaved(page)
    return { ...hand, seconds }
  } finally {
    await browser.close()
  }
}

/** @throws when not all prices were saved */
async function isSaved(page: Page) {
  const { pathname } = new URL(page.url())
  await page.goto(new URL(`${pathname}?changed=1&whole=1`, page.url()).href)
  const saved = await page.locator(FIELD).count()
  if (saved !== wanted) throw new Error(`${saved} of ${wanted} prices were saved`)
}

async function seed() {
  const app = createIgnitor().createApp('console')
  try {
    await app.init()
    await app.boot()
    await app.start(async () => {
      const { default: User } = await import('#models/user')
      const person = { fullName: 'Bench', address: 'Bench', mobile: '9876543210' }
      const owner = await User.create({ ...OWNER, ...person, role: 'shopowner' })
      for (const { what: name } of WAYS) {
        const shop = await owner.related('shops').create({ name, city: 'Indore', pinCode: null })
        await shop.related('products').createMany(
          Array.from({ length: Number(flags.products) }, (_, n) => {
            return { name: `Product ${1_000 + n}`, unit: '1 kg', pricePaise: 45_00, stock: 20 }
          })
        )
      }
    })
  } finally {
    await app.terminate()
  }
}

function report(what: string, { taps, digits, waited, seconds }: Morning) {
  const time = `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
  console.log(`| ${what} | ${taps} | ${digits} | ${(waited / 1_000).toFixed(1)} s | ${time} min |`)
}

async function run() {
  const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
  process.env.DATA_DIR = directory
  process.env.LOG_LEVEL = 'error'
  try {
    await withServer('start.js', '/health/ready', {}, async (url) => {
      await seed()
      console.log(`| ${wanted} prices of ${flags.products} | taps | digits | waits | total |`)
      console.log('| --- | ---: | ---: | ---: | ---: |')
      for (const { what, work } of WAYS) report(what, await morning(url, what, work))
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

if (flags.help) console.log(USAGE)
else await run()
