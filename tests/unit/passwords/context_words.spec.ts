import { test } from '@japa/runner'
import { isOfThisPlace } from '#passwords/context_words'

test.group('A password of words of this place', () => {
  test('is known: {$self}')
    .with(['kirana@123', 'KiranaGhar2026', 'Shopowner#1', '12घर345678', 'ghar-ghar-ghar'])
    .run(({ assert }, password) => assert.isTrue(isOfThisPlace(password)))

  test('may have other words beside them: {$self}')
    .with(['Pass@1234', 'shopping-in-the-rain', 'ghar wapas aao', '48205739'])
    .run(({ assert }, password) => assert.isFalse(isOfThisPlace(password)))
})
