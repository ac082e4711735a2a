import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { oddTexts } from '#tests/functional/search/odd_texts'
import { loadSynonyms } from '#search/understanding/load_synonyms'
import { Understanding } from '#search/understanding/understanding'

test.group('Understanding a query', (group) => {
  let understanding: Understanding

  group.setup(() => {
    understanding = new Understanding(loadSynonyms([app.makePath('resources/search/synonyms.txt')]))
  })

  const typed = (text: string) => {
    return understanding
      .of(text)
      .parts.map(({ alternatives }) => alternatives.find(({ origin }) => origin === 'typed')!)
      .map(({ words }) => words.join(' '))
  }
  const saidAlso = (text: string) => {
    return understanding
      .of(text)
      .parts.flatMap(({ alternatives }) => alternatives.map(({ words }) => words.join(' ')))
  }

  test('"{text}" is about {parts}')
    .with([
      { text: 'Atta', parts: ['atta'] },
      { text: '1kg atta', parts: ['atta'] },
      { text: 'आधा किलो चीनी', parts: ['चीनी'] },
      { text: '२ किलो आलू', parts: ['आलू'] },
      { text: 'gehun ka aata', parts: ['gehun aata'] },
      { text: 'basmati rice', parts: ['basmati', 'rice'] },
      { text: 'biscuit 10 rs wala', parts: ['biscuit'] },
      { text: 'दूध का पैकेट', parts: ['दूध'] },
      { text: '5 star', parts: ['5', 'star'] },
      { text: '7up', parts: ['7up'] },
      { text: 'oil 500', parts: ['oil', '500'] },
      { text: 'dhai sau gram jeera', parts: ['jeera'] },
      { text: 'atta atta', parts: ['atta'] },
      { text: 'pav bhaji masala', parts: ['pav bhaji masala'] },
      { text: 'ka', parts: ['ka'] },
      { text: '500 gm', parts: ['500', 'gm'] },
      { text: '😀 .*', parts: [] },
      { text: '', parts: [] },
    ])
    .run(({ assert }, { text, parts }) => assert.deepEqual(typed(text), parts))

  test('"{text}" wants {amount} {unit}')
    .with([
      { text: '1kg atta', amount: 1000, unit: 'g' },
      { text: 'atta 500 gm', amount: 500, unit: 'g' },
      { text: 'आधा किलो चीनी', amount: 500, unit: 'g' },
      { text: 'aadha kilo chini', amount: 500, unit: 'g' },
      { text: '१.५ किलो आटा', amount: 1500, unit: 'g' },
      { text: 'dedh kilo aata', amount: 1500, unit: 'g' },
      { text: '1½ kg dahi', amount: 1500, unit: 'g' },
      { text: 'dhai sau gram jeera', amount: 250, unit: 'g' },
      { text: 'डेढ़ सौ ग्राम हल्दी', amount: 150, unit: 'g' },
      { text: 'sadhe teen kilo chawal', amount: 3500, unit: 'g' },
      { text: 'paune do litre doodh', amount: 1750, unit: 'ml' },
      { text: '2 sau gram paneer', amount: 200, unit: 'g' },
      { text: 'do pav kilo dal', amount: 250, unit: 'g' },
      { text: '½ kg dahi', amount: 500, unit: 'g' },
      { text: '1/2 litre doodh', amount: 500, unit: 'ml' },
      { text: '2 ltr oil', amount: 2000, unit: 'ml' },
      { text: 'ek dozen kela', amount: 12, unit: 'piece' },
      { text: 'pav kilo paneer', amount: 250, unit: 'g' },
      { text: 'अर्धा किलो साखर', amount: 500, unit: 'g' },
      { text: 'চিনি ২ কেজি', amount: 2000, unit: 'g' },
      { text: '૨ કિલો ખાંડ', amount: 2000, unit: 'g' },
      { text: '੫ ਕਿਲੋ ਆਲੂ', amount: 5000, unit: 'g' },
      { text: '௨ கிலோ சர்க்கரை', amount: 2000, unit: 'g' },
      { text: '౨ కిలో చక్కెర', amount: 2000, unit: 'g' },
      { text: '೨ ಕಿಲೋ ಸಕ್ಕರೆ', amount: 2000, unit: 'g' },
      { text: '൨ കിലോ പഞ്ചസാര', amount: 2000, unit: 'g' },
      { text: 'அரை கிலோ சர்க்கரை', amount: 500, unit: 'g' },
      { text: 'అర కిలో పంచదార', amount: 500, unit: 'g' },
      { text: 'ಅರ್ಧ ಕೆಜಿ ಸಕ್ಕರೆ', amount: 500, unit: 'g' },
      { text: 'കാൽ കിലോ മുളക്', amount: 250, unit: 'g' },
      { text: 'rendu kilo biyyam', amount: 2000, unit: 'g' },
      { text: 'ఒక లీటర్ పాలు', amount: 1000, unit: 'ml' },
    ])
    .run(({ assert }, { text, amount, unit }) => {
      assert.deepEqual(understanding.of(text).quantity, { amount, unit })
    })

  test('no amount is seen in "{$self}"')
    .with(['pav', 'do', '5 star', '2 minute noodles', 'grams', '10 rs wala biscuit', '1/0 kg x'])
    .run(({ assert }, text) => assert.isNull(understanding.of(text).quantity))

  test('"{text}" means {meant} too')
    .with([
      { text: 'aata', meant: 'atta' },
      { text: 'flour', meant: 'आटा' },
      { text: 'gehu ka aata', meant: 'atta' },
      { text: 'zeera', meant: 'cumin' },
      { text: 'cumin', meant: 'जीरा' },
      { text: 'curd', meant: 'dahi' },
      { text: 'sabu dana', meant: 'साबूदाना' },
      { text: 'kidney beans', meant: 'rajma' },
      { text: 'कोल्ड ड्रिंक', meant: 'pepsi' },
    ])
    .run(({ assert }, { text, meant }) => assert.include(saidAlso(text), meant))

  test('what was typed weighs most', ({ assert }) => {
    const [{ alternatives }] = understanding.of('flour').parts
    assert.equal(alternatives[0].origin, 'typed')
    assert.isTrue(alternatives.slice(1).every(({ weight }) => weight < 1))
  })

  test('any text is taken, and quickly', ({ assert }) => {
    const texts = [...oddTexts(200), 'x'.repeat(10_000), 'a '.repeat(5_000), '1/'.repeat(5_000)]
    for (const text of [...texts, 'aay'.repeat(3_000), '9'.repeat(9_000) + ' kg']) {
      assert.isAtMost(understanding.of(text).parts.length, 6)
    }
  }).timeout(5_000)
})
