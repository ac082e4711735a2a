import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { loadSynonyms } from '#search/understanding/load_synonyms'
import { InvalidSynonyms } from '#search/understanding/synonym_file'
import { Synonyms } from '#search/understanding/synonyms'

const synonyms = (...texts: string[]) => {
  return new Synonyms(texts.map((text, index) => ({ name: `file ${index + 1}`, text })))
}
const names = (found: ReturnType<Synonyms['of']>) => found?.map(({ words }) => words.join(' '))
const problemIn = (...texts: string[]) => {
  try {
    synonyms(...texts)
    return null
  } catch (error) {
    return error instanceof InvalidSynonyms ? error.message : error
  }
}

test.group('Synonyms', () => {
  test('each name of a group stands for the others', ({ assert }) => {
    const found = synonyms('jeera, cumin, जीरा').of(['cumin'])
    assert.deepEqual(names(found), ['jeera', 'जीरा'])
  })

  test('a general word finds what is special, and not the other way round', ({ assert }) => {
    const known = synonyms('soap, sabun\nsoap > lux, dove\nlux, luks')
    assert.deepEqual(names(known.of(['sabun'])), ['soap', 'lux', 'dove'])
    assert.deepEqual(names(known.of(['lux'])), ['luks'])
    const [same, special] = known.of(['sabun'])!
    assert.isAbove(same.weight, special.weight)
  })

  test('a name of several words is known however it is spelled, and written as one', ({
    assert,
  }) => {
    const known = synonyms('sabudana, sago\ngehu ka atta, flour')
    for (const words of [['sabu', 'dana'], ['saboodaana']]) {
      assert.include(names(known.of(words))!, 'sago')
    }
    assert.include(names(known.of(['gehu', 'aata']))!, 'flour')
    assert.isNull(known.of(['gehu']))
  })

  test('a spelling of two different names stands for neither', ({ assert }) => {
    const known = synonyms('makhan, butter\nmakhana, fox nut')
    assert.deepEqual(names(known.of(['makhan'])), ['butter'])
    assert.isNull(known.of(['maakhan']))
  })

  test('a later file extends a group by naming one of its names', ({ assert }) => {
    const known = synonyms('jeera, cumin', 'cumin, zeeragam\n# mine\ntindora, ivy gourd')
    assert.deepEqual(names(known.of(['jeera'])), ['cumin', 'zeeragam'])
    assert.deepEqual(names(known.of(['ivy', 'gourd'])), ['tindora'])
  })

  test('says of {what} what is wrong and where')
    .with([
      { what: 'a name alone', text: '\njeera', message: 'file 1, line 2: "jeera" stands alone' },
      { what: 'an empty name', text: 'jeera,,cumin', message: 'line 1: a name is empty' },
      { what: 'a name of signs', text: 'jeera, ???', message: '"???" has no letters' },
      {
        what: 'a sentence',
        text: 'jeera, one two three four five six seven',
        message: 'has more than 6 words',
      },
      {
        what: 'a name in two groups',
        text: 'jeera, cumin\najwain, JEERA',
        message: 'line 2: "jeera" is in line 1 already',
      },
      { what: 'two general words', text: 'a1, b1 > c1', message: 'one general name before' },
      { what: 'two signs', text: 'a1 > b1 > c1', message: 'more than one ">"' },
    ])
    .run(({ assert }, { text, message }) => assert.include(problemIn(text), message))

  test('says which names an additional file would mix up', ({ assert }) => {
    const problem = problemIn('jeera, cumin\najwain, carom', 'jeera, ajwain')
    assert.include(problem, 'file 2, line 1: "jeera" and "ajwain" are names of different things')
  })

  test('says which file cannot be read', ({ assert }) => {
    assert.throws(
      () => loadSynonyms(['/nowhere/words.txt']),
      /\/nowhere\/words\.txt cannot be read/
    )
  })
})

test.group('Names in other languages', () => {
  const speaking = (text: string, ...languages: string[]) => {
    const files = languages.map((lines, index) => ({ name: `language ${index + 1}`, text: lines }))
    return new Synonyms([{ name: 'synonyms', text }], files)
  }

  test('lead to the names of the good, and not the other way round', ({ assert }) => {
    const known = speaking('sugar, chini', 'chini: sakhar, साखर')
    for (const word of ['sakhar', 'saakhar', 'साखर']) {
      assert.deepEqual(names(known.of([word])), ['sugar', 'chini'])
    }
    assert.deepEqual(names(known.of(['sugar'])), ['chini'])
  })

  test('mean all that they mean in any language', ({ assert }) => {
    const known = speaking('almond, badam\npotato, aloo\ncolocasia, arbi', 'aloo: alu', 'arbi: alu')
    assert.deepEqual(names(known.of(['alu'])), ['potato', 'aloo', 'colocasia', 'arbi'])
  })

  test('come after what a word means in Hindi', ({ assert }) => {
    const known = speaking('chana, gram\npaneer, cottage cheese', 'paneer: chana, chhana')
    const found = known.of(['chana'])!
    assert.deepEqual(names(found), ['gram', 'paneer', 'cottage cheese'])
    assert.isAbove(found[0].weight, found[1].weight)
  })

  test('come before what a word means in Hindi only if it is spelled differently', ({ assert }) => {
    const known = speaking('chana, gram\npaneer, cottage cheese', 'paneer: chana, chhana')
    const weights = Object.fromEntries(
      known.of(['chhana'])!.map(({ words, weight }) => [words.join(' '), weight])
    )
    assert.isAbove(weights.paneer, weights.gram)
  })

  test('are compared by their spelling only when nothing is called so', ({ assert }) => {
    const known = speaking('tel, oil\nloni, butter', 'butter: teel')
    assert.deepEqual(names(known.of(['til'])), ['loni', 'butter'])
    assert.deepEqual(names(known.of(['tell'])), ['tel', 'oil'])
  })

  test('say of {what} what is wrong and where')
    .with([
      { what: 'an unknown good', text: '\nmoon dust: dhul', message: '2: "moon dust" is no name' },
      { what: 'a line without a good', text: 'sakhar, sakar', message: 'a line is a good, ":"' },
      { what: 'an empty name', text: 'chini: sakhar,,', message: 'language 1, line 1: a name is' },
    ])
    .run(({ assert }, { text, message }) => {
      assert.throws(() => speaking('sugar, chini', text), new RegExp(message))
    })
})

test.group('The synonyms that come along', () => {
  const path = app.makePath('resources/search/synonyms.txt')

  test('are at least 300 groups without a fault', ({ assert }) => {
    assert.isAtLeast(loadSynonyms([path]).size, 300)
  })

  test('never take {0} for {1}')
    .with([
      ['jeera', 'ajwain'],
      ['saunf', 'jeera'],
      ['rai', 'sarson'],
      ['makhan', 'makhana'],
      ['tel', 'til'],
      ['kala namak', 'sendha namak'],
      ['chana dal', 'toor dal'],
      ['moong', 'moth'],
      ['poha', 'murmura'],
      ['dahi', 'chaas'],
      ['baking soda', 'washing soda'],
      ['kishmish', 'munakka'],
      ['khajoor', 'chhuhara'],
      ['loban', 'guggal'],
      ['chia', 'sabja'],
      ['maida', 'suji'],
      ['kaddu', 'lauki'],
    ])
    .run(({ assert }, [one, other]) => {
      const found = names(loadSynonyms([path]).of(one.split(' ')))
      assert.notInclude(found, other)
    })

  test('have no name twice in a group', ({ assert }) => {
    const groups = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => line.split(/[,>]/).map((name) => name.trim()))
    for (const group of groups) assert.lengthOf(new Set(group), group.length, group[0])
  })
})
