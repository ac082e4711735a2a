import { existsSync } from 'node:fs'
import chromiumFromNpm from '@sparticuz/chromium'
import { chromium } from 'playwright'

const INSTALLED = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** An installed Chromium, otherwise the one that comes as an npm package. */
export async function launchChromium() {
  const installed = INSTALLED.find((path) => path && existsSync(path))
  return chromium.launch({
    executablePath: installed ?? (await chromiumFromNpm.executablePath()),
    args: [
      ...(installed ? [] : chromiumFromNpm.args),
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
    ],
  })
}
