import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openMenu } from '#tests/helpers/browser_pages'
import { seriousFindings } from '#tests/helpers/accessibility'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`
const NEW = 'three words here'

async function logIn(page: Page, password = PASSWORD) {
  await page.goto(`${ORIGIN}/login`)
  await page.locator('[name=username]').fill('asha')
  await page.locator('[name=password]').fill(password)
  await page.locator('#session-form button').click()
  await page.waitForURL('**/shops')
}

for (const javaScriptEnabled of [true, false]) {
  test.group(`My account ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, (group) => {
    group.each.setup(async () => {
      await emptyDatabase()
      await createUser({ username: 'asha', fullName: 'Asha Verma with a rather long name' })
    })

    test('is kept on a phone: details, password, and the end of every login', async ({
      assert,
      browser,
    }) => {
      const viewport = { width: 360, height: 740 }
      const settings = { locale: 'en-IN', viewport, javaScriptEnabled, bypassCSP: true }
      const context = await browser.newContext(settings)
      const page = await context.newPage()
      page.setDefaultTimeout(8_000)
      const check = async (name: string) => {
        if (!javaScriptEnabled) return
        assert.deepEqual(await seriousFindings(page), [], name)
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        assert.isAtMost(width, 360, `${name} is wider than the screen`)
      }

      await logIn(page)
      await openMenu(page)
      await page.getByRole('link', { name: 'My account' }).click()
      await page.locator('[name=mobile]').fill('12345')
      await page.locator('#details-form button').click()
      await page.locator('#mobile-error').waitFor()
      await check('a mistake')
      await page.locator('[name=mobile]').fill('91234 56780')
      await page.getByLabel('हिंदी').check()
      await page.locator('#details-form button').click()
      await page.getByText('जानकारी सेव हो गई').waitFor()
      await check('saved')

      await page.getByRole('link', { name: 'पासवर्ड बदलें' }).click()
      const type = async (current: string) => {
        await page.locator('[name=current_password]').fill(current)
        await page.locator('[name=password]').fill(NEW)
        await page.locator('[name=password_confirmation]').fill(NEW)
        await page.locator('#password-form button').click()
      }
      await page.locator('#password-form').waitFor()
      await type('Wrong@1234')
      await page.locator('#current_password-error').waitFor()
      await check('a wrong password')
      await type(PASSWORD)
      await page.getByText('पासवर्ड बदल गया').waitFor()

      await page.getByRole('button', { name: 'हर जगह से लॉग आउट करें' }).click()
      await page.getByText('आप हर जगह से लॉग आउट हो गए हैं').waitFor()
      await check('logged out')
      await logIn(page, NEW)
      await context.close()
    })
  })
}
