import { existsSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { REQUIREMENTS } from './asvs.js'

const read = (path: string) => readFileSync(app.makePath(path), 'utf8')
const text = read('docs/security.md')

/** Requirements of documentation; for them a part of the docs is what shows it. */
const DOCUMENTATION = /^(2\.1|5\.1|6\.1|7\.1|8\.1|11\.1|13\.1|14\.1|15\.1|16\.1)\./

interface Requirement {
  id: string
  state: string
  shownBy: string
}

const rows: Requirement[] = [...text.matchAll(/^\| (\d+\.\d+\.\d+) +\|(.*)\|$/gm)].map(
  ([, id, rest]) => {
    const [, state, shownBy] = rest.split('|').map((cell) => cell.trim())
    return { id, state, shownBy }
  }
)

const notApplicable = text
  .slice(text.indexOf('### What does not apply'))
  .split('\n')
  .flatMap((line) => line.split('|')[1]?.match(/\d+\.\d+\.\d+/g) ?? [])

const own = rows.filter(({ id }) => !notApplicable.includes(id))
const met = own.filter(({ state }) => state === 'met')
const accounts = own.filter(({ shownBy }) => shownBy.startsWith('The accounts issue'))

function testsIn({ shownBy }: Requirement) {
  return [...shownBy.matchAll(/`([^`]+\.spec\.ts)`: "([^"]+)"/g)].map(([, path, title]) => ({
    path: `tests/${path}`,
    title,
  }))
}

const linksIn = (markdown: string) =>
  [...markdown.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, file, anchor]) => ({
    file,
    anchor,
  }))

/** As a page on GitHub names them. */
function anchorsOf(markdown: string) {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
  )
}

test.group('docs/security.md', () => {
  test('has every requirement of levels 1 and 2 once', ({ assert }) => {
    assert.sameMembers([...own.map(({ id }) => id), ...notApplicable], REQUIREMENTS)
  })

  test('shows by a test, or by a part of the docs, what is met', ({ assert }) => {
    for (const row of own) {
      assert.include(['met', 'not met'], row.state, row.id)
      assert.isNotEmpty(row.shownBy, row.id)
    }
    for (const row of met) {
      const shown = testsIn(row).length > 0 || DOCUMENTATION.test(row.id)
      assert.isTrue(shown, `${row.id} names no test`)
      if (testsIn(row).length === 0) assert.isNotEmpty(linksIn(row.shownBy), row.id)
    }
  })

  test('names tests that exist, by their file and title', ({ assert }) => {
    for (const { path, title } of own.flatMap(testsIn)) {
      assert.isTrue(existsSync(app.makePath(path)), path)
      const quoted = ["'", '"', '`'].map((mark) => `test(${mark}${title}${mark}`)
      const source = read(path).replaceAll(/test\(\s+/g, 'test(')
      assert.isTrue(
        quoted.some((call) => source.includes(call)),
        `${path}: ${title}`
      )
    }
  })

  test('names files of the code that are there', ({ assert }) => {
    for (const [, path] of text.matchAll(/`((?:app|config|start)\/[\w/.]+)`/g)) {
      assert.isTrue(existsSync(app.makePath(path)), path)
    }
  })

  test('links to what is there', ({ assert }) => {
    for (const { file, anchor } of linksIn(text)) {
      const path = file ? `docs/${file}` : 'docs/security.md'
      assert.isTrue(existsSync(app.makePath(path)), path)
      if (anchor) assert.include(anchorsOf(read(path)), anchor, path)
    }
  })

  test('counts right, with at most 15 that are not met for reasons of their own', ({ assert }) => {
    const counted = (state: string) => {
      return Number(new RegExp(`^\\| ${state} +\\| (\\d+) +\\|$`, 'm').exec(text)?.[1])
    }
    const others = own.length - met.length - accounts.length
    assert.equal(counted('met'), met.length)
    assert.equal(counted('not met, left to the accounts issue'), accounts.length)
    assert.equal(counted('not met for another reason'), others)
    assert.equal(counted('not applicable'), notApplicable.length)
    assert.equal(counted('all of levels 1 and 2'), REQUIREMENTS.length)
    assert.isAtMost(others, 15)
  })
})
