import { globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const SERVER = ['app', 'config', 'providers', 'start'].map((folder) => `${folder}/**/*.ts`)
const BROWSER = ['public/{app,live,board,suggestions,docs}.js']
const VIEWS = ['resources/views/**/*.edge']

/** The files in which something is written, by their paths. */
function filesWith(pattern: RegExp, globs: string[]) {
  return globSync(globs, { cwd: app.makePath() })
    .filter((path) => pattern.test(readFileSync(app.makePath(path), 'utf8')))
    .toSorted()
}

test.group('The source', () => {
  test('of the server starts no process and runs no text as code', ({ assert }) => {
    assert.deepEqual(filesWith(/child_process|node:vm|\beval\(|new Function\(/, SERVER), [])
  })

  test('of the server makes patterns of its own texts alone', ({ assert }) => {
    assert.deepEqual(filesWith(/new RegExp\(/, SERVER), [
      'app/markup/holes.ts',
      'app/measures/typed_words.ts',
      'app/numbers/amount.ts',
      'app/numbers/grouped.ts',
      'app/numbers/mobile.ts',
      'app/numbers/plain.ts',
      'app/passwords/context_words.ts',
      'app/replication/database_away.ts',
      'app/search/understanding/quantity.ts',
      'app/search/understanding/spelling.ts',
      'app/search/understanding/transliteration.ts',
      'app/text/clean.ts',
    ])
  })

  test('of the server calls only the addresses of its configuration', ({ assert }) => {
    const calls =
      /(?<!static async )\bfetch\(|\b(https?|net|tls)\.(request|get|connect)\(|undici|axios'/
    assert.deepEqual(filesWith(calls, SERVER), [
      'app/connectors/connect_client.ts',
      'app/metrics/server_metrics.ts',
      'app/push/push_services.ts',
    ])
  })

  test('of the server follows no redirect', ({ assert }) => {
    for (const path of filesWith(/(?<!static async )\bfetch\(/, SERVER)) {
      assert.include(readFileSync(app.makePath(path), 'utf8'), `redirect: 'error'`, path)
    }
  })

  test('of the server hashes with SHA-256 and knows no random numbers but secure ones', ({
    assert,
  }) => {
    assert.deepEqual(filesWith(/create(Hash|Hmac)\((?!'sha256')/, SERVER), [])
    assert.deepEqual(filesWith(/Math\.random/, SERVER), [])
  })

  test('of the server uses cryptography where docs/security.md says', ({ assert }) => {
    const document = readFileSync(app.makePath('docs/security.md'), 'utf8')
    const [, inventory] = document.split('### Where cryptography is used')
    for (const path of filesWith(
      /createHash|createHmac|timingSafeEqual|randomInt|encryption\b/,
      SERVER
    )) {
      assert.include(inventory, path)
    }
  })

  test('of the pages puts no text into them but as text', ({ assert }) => {
    assert.deepEqual(
      filesWith(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/, BROWSER),
      []
    )
    const raw = /\{\{\{(?!\s+(await \$slots\.main\(\)|hole\(.*\)|piece\([^]*?\))\s)/
    assert.deepEqual(filesWith(raw, VIEWS), [])
  })

  test('of the pages keeps in the browser whether the sound is on and what was seen, and nothing else', ({
    assert,
  }) => {
    assert.deepEqual(
      filesWith(/sessionStorage|indexedDB|document\.cookie|postMessage/, BROWSER),
      []
    )
    assert.deepEqual(filesWith(/localStorage/, BROWSER), ['public/board.js'])
    const script = readFileSync(app.makePath('public/board.js'), 'utf8')
    assert.sameMembers(script.match(/localStorage\.\w+\(\w+/g)!, [
      'localStorage.getItem(SOUND',
      'localStorage.setItem(SOUND',
      'localStorage.getItem(SEEN',
      'localStorage.setItem(SEEN',
    ])
  })

  test('of the pages needs nothing that a browser plugs in', ({ assert }) => {
    assert.deepEqual(filesWith(/<(object|embed|applet|iframe)\b/, VIEWS), [])
  })
})
