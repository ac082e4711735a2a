import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import chromiumFromNpm, { inflate } from '@sparticuz/chromium'
import { chromium } from 'playwright'
import { noteUncaught } from '#tests/helpers/uncaught_errors'

const INSTALLED = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const OPTIONS = {
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  /** Back shows kept pages, as for people; the Chromium of the npm package keeps none. */
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
}

/** The installed Chromium, otherwise the one from the npm package. */
export async function launchChromium() {
  return noteUncaught(await launch())
}

async function launch() {
  const installed = INSTALLED.find((path) => path && existsSync(path))
  if (installed) return chromium.launch({ ...OPTIONS, executablePath: installed })
  return chromium.launch({
    ...OPTIONS,
    executablePath: await chromiumFromNpm.executablePath(),
    env: { ...process.env, LD_LIBRARY_PATH: await packagedLibraries() },
  })
}

/** Libraries missing on a minimal system, such as NSS; included in the package. */
async function packagedLibraries() {
  const main = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  return join(await inflate(join(main, '../../bin/al2023.tar.br')), 'lib')
}
