import { test } from '@japa/runner'
import { fillHoles, mark } from '#markup/holes'
import { Markup } from '#markup/markup'

const page = () =>
  Markup.of(`<b>${mark('name')}</b> <i>${mark('in_cart', 'a')}</i><i>${mark('in_cart', 'b')}</i>`)

test.group('Markup with holes', () => {
  test('is filled for each person', ({ assert }) => {
    const filled = page().filled((name, of) => (name === 'name' ? 'Asha' : of === 'b' ? '2' : ''))
    assert.equal(filled.toString(), '<b>Asha</b> <i></i><i>2</i>')
  })

  test('takes what is put in as it is, marks too', ({ assert }) => {
    const filled = page().filled(() => mark('badge'))
    assert.equal(filled.toString().split(mark('badge')).length, 4)
  })

  test('has its section where the page says', ({ assert }) => {
    const frame = Markup.of(`<main>${mark('section')}</main>${mark('badge')}`)
    const whole = frame.around(Markup.of(`<p>${mark('in_cart', 'a')}</p>`))
    assert.equal(whole.filled((name) => name).toString(), '<main><p>in_cart</p></main>badge')
    assert.isFalse(whole.isComplete)
    assert.isTrue(Markup.of('<p>the same for everybody</p>').isComplete)
  })

  test('takes no text that was typed for a hole', ({ assert }) => {
    const typed = '<8c0e3a2e-0000-4000-8000-000000000000 name >'
    const fill = () => 'Asha'
    assert.equal(Markup.of(typed).filled(fill).toString(), typed)
    assert.equal(fillHoles(typed, fill), typed)
  })

  test('loses its indentation and nothing else', ({ assert }) => {
    const html = Markup.of('<ul>\n    <li>a  b</li>\n\n  </ul> c\n').filled(() => '')
    assert.equal(html.toString(), '<ul>\n<li>a  b</li>\n</ul> c\n')
  })
})
