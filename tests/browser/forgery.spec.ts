import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { openMenu } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'

const OWN = `http://127.0.0.1:${process.env.PORT}`
const MOBILE = { width: 360, height: 740 }

test.group('Forms in a real browser', (group) => {
  group.each.setup(emptyDatabase)

  test('of another site are refused, and those of our own pages are not', async ({
    assert,
    cleanup,
    visit,
  }) => {
    const evil = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(`<form method="POST" action="${OWN}/language"><button name="locale" value="hi">`)
    }).listen(0)
    await once(evil, 'listening')
    cleanup(() => void evil.close())
    const page = await visit(`http://localhost:${(evil.address() as AddressInfo).port}/`)
    await page.locator('button').click()
    assert.include(await page.locator('main').textContent(), 'came from another site')
    await page.goto(`${OWN}/shops`)
    await page.getByRole('button', { name: 'हिंदी' }).click()
    await page.getByRole('button', { name: 'English' }).waitFor()
  })

  test('from a browser that keeps its headers back are confirmed on a small screen', async ({
    assert,
    visit,
    browserContext,
  }) => {
    await browserContext.route('**/language', async (route) => {
      const headers = { ...route.request().headers() }
      for (const name of ['origin', 'sec-fetch-site']) delete headers[name]
      await route.fulfill({ response: await route.fetch({ headers, maxRedirects: 0 }) })
    })
    const page = await visit(`${OWN}/shops`)
    await page.setViewportSize(MOBILE)
    await openMenu(page)
    await page.getByRole('button', { name: 'हिंदी' }).click()
    const confirm = page.getByRole('button', { name: 'Yes, send it' })
    await confirm.waitFor()
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.isAtMost(Number(width), MOBILE.width)
    await confirm.click()
    await openMenu(page)
    await page.getByRole('button', { name: 'English' }).waitFor()
  })
})
