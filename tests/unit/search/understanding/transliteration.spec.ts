import { test } from '@japa/runner'
import { fold } from '#text/fold'
import { withInherentVowels } from '#search/understanding/transliteration'

test.group('Transliteration with inherent vowels', () => {
  test('of {hindi} is {latin}')
    .with([
      { hindi: 'आटा', latin: 'aataa' },
      { hindi: 'बेसन', latin: 'besana' },
      { hindi: 'नमक', latin: 'namaka' },
      { hindi: 'नमकीन', latin: 'namakeena' },
      { hindi: 'चावल', latin: 'chaavala' },
      { hindi: 'मसाला', latin: 'masaalaa' },
      { hindi: 'दूध', latin: 'doodha' },
      { hindi: 'शक्कर', latin: 'shakkara' },
      { hindi: 'मिर्च', latin: 'mircha' },
      { hindi: 'हल्दी', latin: 'haldee' },
      { hindi: 'कॉफ़ी', latin: 'kophee' },
      { hindi: 'मूंग', latin: 'moonga' },
      { hindi: 'मूँग', latin: 'moonga' },
      { hindi: 'ज़ीरा', latin: 'jeeraa' },
      { hindi: 'औ', latin: 'au' },
      { hindi: 'न', latin: 'na' },
    ])
    .run(({ assert }, { hindi, latin }) => assert.equal(withInherentVowels(fold(hindi)), latin))

  test('leaves Latin words alone', ({ assert }) => {
    assert.equal(withInherentVowels('besana'), 'besana')
  })

  test('takes signs without a letter, and signs that it does not know', ({ assert }) => {
    for (const odd of ['्', 'ा', 'ंंं', '॥', 'क््']) assert.isString(withInherentVowels(odd))
  })
})
