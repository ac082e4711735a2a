import { globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { smallerCss } from '#public_files/smaller_css'

const css = readFileSync(app.publicPath('app.css'), 'utf8')
const read = (pattern: string) => {
  const files = globSync(pattern, { cwd: app.makePath() })
  return files.map((file) => readFileSync(app.makePath(file), 'utf8')).join('\n')
}

test.group('The stylesheet', () => {
  test('has no class that nothing uses', ({ assert }) => {
    const views = read('resources/views/**/*.edge')
    const named = [...views.matchAll(/class="((?:[^"{]|\{\{[\s\S]*?\}\})*)"/g)].map(([, all]) => all)
    const quoted = [...views.matchAll(/'[\w -]+'/g)].map(([text]) => text)
    const words = [...named, ...quoted, read('public/*.js')].join(' ')
    const begun = [...words.matchAll(/([\w-]+-)\{\{/g)].map(([, beginning]) => beginning)
    const selectors = smallerCss(css).replace(/\{[^{}]*\}/g, '{}')
    const classes = new Set([...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name))
    assert.isAbove(classes.size, 100)
    const unused = [...classes].filter((name) => {
      const isNamed = new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(words)
      return !isNamed && !begun.some((beginning) => name.startsWith(beginning))
    })
    assert.deepEqual(unused, [])
  })

  test('has no value that nothing uses', ({ assert }) => {
    const names = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
    assert.deepEqual(
      [...names].filter((name) => !css.includes(`var(${name})`)),
      []
    )
  })

  test('has the sections of its table of contents, in that order', ({ assert }) => {
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
