import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

type Messages = Record<string, string>

function load(locale: string): Messages {
  const folder = app.languageFilesPath(locale)
  const files = globSync('**/*.json', { cwd: folder })
  return Object.assign(
    {},
    ...files.map((file) => {
      const content = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
      return flatten(content, file.replace(/\.json$/, '').replaceAll('/', '.'))
    })
  )
}

function flatten(value: unknown, path: string): Messages {
  if (typeof value === 'string') return { [path]: value }
  const children = Object.entries(value as object)
  return Object.assign({}, ...children.map(([key, child]) => flatten(child, `${path}.${key}`)))
}

const placeholders = (message: string) => {
  return [...new Set(message.match(/\{\s*\w+/g) ?? [])].map((text) => text.slice(1).trim()).sort()
}

const english = load('en')
const hindi = load('hi')

/** Literal keys in templates and code: `t('cart.empty')` or a message key of a controller. */
function usedKeys() {
  const files = [
    ...globSync('resources/views/**/*.edge', { cwd: app.makePath() }),
    ...globSync('app/**/*.ts', { cwd: app.makePath() }),
  ]
  return files.flatMap((file) => {
    const text = readFileSync(app.makePath(file), 'utf8')
    const calls = [...text.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key)
    const statuses = [...text.matchAll(/'(status\.\w+)'/g)].map(([, key]) => key)
    return [...calls, ...statuses].map((key) => ({ file, key }))
  })
}

test.group('Messages', () => {
  test('every message exists in both languages', ({ assert }) => {
    assert.deepEqual(Object.keys(hindi).sort(), Object.keys(english).sort())
  })

  test('no message is empty, and each takes the same values in both languages', ({ assert }) => {
    for (const [key, message] of Object.entries(english)) {
      assert.isAbove(message.trim().length, 0, key)
      assert.isAbove(hindi[key].trim().length, 0, key)
      assert.deepEqual(placeholders(hindi[key]), placeholders(message), key)
    }
  })

  test('every message that a page or a controller asks for exists', ({ assert }) => {
    const used = usedKeys()
    assert.isAbove(used.length, 50)
    const missing = used.filter(({ key }) => !(key in english))
    assert.deepEqual(missing, [])
  })

  test('what is Hindi is written in Devanagari', ({ assert }) => {
    const latin = Object.entries(hindi).filter(([, message]) => !/[\u0900-\u097F]/.test(message))
    const allowed = /^[^A-Za-z]*$|^(₹|UPI|WhatsApp|Kirana|English|\{)/
    assert.deepEqual(
      latin.filter(([, message]) => !allowed.test(message)).map(([key]) => key),
      []
    )
  })
})
