import { test } from '@japa/runner'
import { fold } from '#search/understanding/fold'
import { transliterate } from '#search/understanding/transliteration'

test.group('Transliteration', () => {
  test('of {hindi} is {latin}')
    .with([
      { hindi: 'आटा', latin: 'aataa' },
      { hindi: 'बेसन', latin: 'besan' },
      { hindi: 'नमक', latin: 'namak' },
      { hindi: 'नमकीन', latin: 'namkeen' },
      { hindi: 'चावल', latin: 'chaaval' },
      { hindi: 'मसाला', latin: 'masaalaa' },
      { hindi: 'दूध', latin: 'doodh' },
      { hindi: 'शक्कर', latin: 'shakkar' },
      { hindi: 'मिर्च', latin: 'mirch' },
      { hindi: 'हल्दी', latin: 'haldee' },
      { hindi: 'कॉफ़ी', latin: 'kophee' },
      { hindi: 'मूंग', latin: 'moong' },
      { hindi: 'मूँग', latin: 'moong' },
      { hindi: 'ज़ीरा', latin: 'jeeraa' },
      { hindi: 'औ', latin: 'au' },
      { hindi: 'न', latin: 'na' },
    ])
    .run(({ assert }, { hindi, latin }) => assert.equal(transliterate(fold(hindi)), latin))

  test('leaves Latin words alone', ({ assert }) => {
    assert.equal(transliterate('besana'), 'besana')
  })

  test('takes signs without a letter, and signs that it does not know', ({ assert }) => {
    for (const odd of ['्', 'ा', 'ंंं', '॥', 'क््']) assert.isString(transliterate(odd))
  })
})
