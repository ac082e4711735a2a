import { test } from '@japa/runner'
import { smallerCss } from '#public_files/smaller_css'

test.group('Smaller CSS', () => {
  test('has no comments and no needless white space', ({ assert }) => {
    const css = '/* A\n slip. */\n.slip {\n  margin: 0 auto;\n}\n\n.a > .b,\n.c {\n  top: 0;\n}\n'
    assert.equal(smallerCss(css), '.slip{margin:0 auto}.a>.b,.c{top:0}')
  })

  test('keeps white space that means something', ({ assert }) => {
    for (const css of [
      '.choice :checked + span{top:0}',
      '.a .b:not(.c .d){width:calc(100% - 5px)}',
      "@media (min-width:48rem) and (hover){.a::before{content:'○ '}}",
      ':root{--focus:#fff}',
    ]) {
      assert.equal(smallerCss(css), css)
    }
  })
})
