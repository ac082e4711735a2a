import { Edge } from 'edge.js'
import { test } from '@japa/runner'
import { compileOnce } from '#markup/compile_once'

/** A page with a component around it and a partial in its loop, as in production. */
function edgeWithTemplates() {
  const edge = Edge.create({ cache: true })
  const compiled: string[] = []
  edge.processor.process('compiled', ({ path }) => {
    compiled.push(path)
  })
  const templates = {
    'components/frame': '<main>{{{ await $slots.main() }}}</main>',
    'row': '<li>{{ item }}{{ index }} of {{ items.length }}</li>',
    'note': '<p>{{ items.length }}</p>',
    'page': [
      `@component('components/frame')`,
      `@each((item, index) in items)`,
      `@include('row')`,
      `@end`,
      `@include('note')`,
      `@end`,
    ].join('\n'),
    'other': `@each((index, item) in items)\n@include('row')\n@end`,
  }
  edge.mount(new URL('.', import.meta.url))
  for (const [name, template] of Object.entries(templates))
    edge.registerTemplate(name, { template })
  compileOnce(edge.compiler)
  compileOnce(edge.asyncCompiler)
  const render = (name: string, items: string[]) =>
    edge.render(name, { items }).then((html) => html.replace(/\s/g, ''))
  return { render, compiled }
}

test.group('In production', () => {
  test('each template is compiled once, also one that is included', async ({ assert }) => {
    const { render, compiled } = edgeWithTemplates()
    assert.equal(
      await render('page', ['a', 'b']),
      '<main><li>a0of2</li><li>b1of2</li><p>2</p></main>'
    )
    const first = compiled.length
    assert.equal(await render('page', ['c']), '<main><li>c0of1</li><p>1</p></main>')
    assert.equal(compiled.length, first)
    assert.equal(first, 4)
  })

  test('a partial is compiled for each set of variables that it is included with', async ({
    assert,
  }) => {
    const { render } = edgeWithTemplates()
    assert.include(await render('page', ['a']), '<li>a0of1</li>')
    assert.equal(await render('other', ['a']), '<li>0aof1</li>')
  })
})
