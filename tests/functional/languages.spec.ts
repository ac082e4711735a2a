import { test } from '@japa/runner'
import { Visitor } from '#tests/helpers/visitor'

const language = (page: { $: any }) => page.$('html').attr('lang')

test.group('Languages', () => {
  test("follow the browser's wish", async ({ assert }) => {
    assert.equal(
      language(await new Visitor({ 'accept-language': 'hi-IN,hi;q=0.9' }).visit('/')),
      'hi'
    )
    assert.equal(language(await new Visitor({ 'accept-language': 'en-IN' }).visit('/')), 'en')
    assert.equal(language(await new Visitor({ 'accept-language': 'ta' }).visit('/')), 'en')
    assert.equal(language(await new Visitor({}).visit('/')), 'en')
  })

  test('are switched by hand, and the choice is remembered', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit('/shops')
    const page = await visitor.submit('form[action*="/language"] button[value=hi]')
    assert.equal(page.path, '/shops')
    assert.equal(language(page), 'hi')
    assert.equal(language(await visitor.visit('/')), 'hi')
  })

  test('a cookie that was tampered with is no language', async ({ assert }) => {
    const visitor = new Visitor()
    visitor.cookies.set('locale', '../../etc')
    assert.equal((await visitor.visit('/')).status, 200)
  })
})
