import { globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { smallerCss } from '#public_files/smaller_css'

const FILES = globSync('*.css', { cwd: app.publicPath() }).sort()
const source = (file: string) => readFileSync(app.publicPath(file), 'utf8')
const css = source('app.css')
const all = FILES.map(source).join('\n')
const read = (pattern: string) => {
  const files = globSync(pattern, { cwd: app.makePath() })
  return files.map((file) => readFileSync(app.makePath(file), 'utf8')).join('\n')
}

/** Selectors with the media that they are for, such as `@media print{.cloth`. */
function selectorsOf(file: string) {
  const open: string[] = []
  const found: string[] = []
  for (const [, head, end] of smallerCss(source(file)).matchAll(/([^{};]*)(\{|\}|;)/g)) {
    if (end === '}') open.pop()
    if (end !== '{') continue
    const around = open.filter((one) => one.startsWith('@'))
    if (!head.startsWith('@')) found.push(...head.split(/,(?![^(]*\))/).map((one) => [...around, one].join('{')))
    open.push(head)
  }
  return found
}

test.group('The stylesheets', () => {
  test('have no class that nothing uses', ({ assert }) => {
    const views = read('resources/views/**/*.edge')
    const named = [...views.matchAll(/class="((?:[^"{]|\{\{[\s\S]*?\}\})*)"/g)].map(([, names]) => names)
    const quoted = [...views.matchAll(/'[\w -]+'/g)].map(([text]) => text)
    const words = [...named, ...quoted, read('public/*.js')].join(' ')
    const begun = [...words.matchAll(/([\w-]+-)\{\{/g)].map(([, beginning]) => beginning)
    const selectors = smallerCss(all).replace(/\{[^{}]*\}/g, '{}')
    const classes = new Set([...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name))
    assert.isAbove(classes.size, 100)
    const unused = [...classes].filter((name) => {
      const isNamed = new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(words)
      return !isNamed && !begun.some((beginning) => name.startsWith(beginning))
    })
    assert.deepEqual(unused, [])
  })

  test('have no value that nothing uses', ({ assert }) => {
    const names = new Set([...all.matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
    assert.deepEqual(
      [...names].filter((name) => !all.includes(`var(${name})`)),
      []
    )
  })

  test('have each rule in one file only', ({ assert }) => {
    const files = new Map<string, string[]>()
    for (const file of FILES) {
      for (const selector of new Set(selectorsOf(file))) {
        files.set(selector, [...(files.get(selector) ?? []), file])
      }
    }
    assert.isAbove(files.size, 200)
    assert.deepEqual(
      [...files].filter(([, where]) => where.length > 1),
      []
    )
  })

  test('are all loaded', ({ assert }) => {
    const layout = read('resources/views/components/layout.edge')
    const named = [layout, read('resources/views/pages/**/*.edge')].join('\n')
    const files = FILES.map((file) => file.replace('.css', ''))
    assert.deepEqual(
      files.filter((name) => !named.includes(`'${name}'`) && !named.includes(`${name}.css`)),
      []
    )
  })

  test('begin with the sections of a table of contents, in that order', ({ assert }) => {
    const [contents] = css.match(/^ \* parts {4}[\s\S]*?(?=^ \* states)/m)!
    const listed = contents.replace(/^ \* (parts)?|\n \*/gm, '').split(',')
    const sections = [...css.matchAll(/\/\* ---- (.*) ---- \*\//g)].map(([, name]) => name)
    assert.deepEqual(
      listed.map((name) => name.trim()),
      sections.map((name) => name[0].toLowerCase() + name.slice(1))
    )
    const layers = [...css.matchAll(/^@layer (\w+) \{/gm)].map(([, name]) => name)
    assert.deepEqual(layers, ['base', 'frame', 'parts', 'states'])
  })
})
