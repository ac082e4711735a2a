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

  test('"{text}" wants {baseUnits} of {measure}')
    .with([
      { text: '1kg atta', baseUnits: 1000, measure: 'weight' },
      { text: 'atta 500 gm', baseUnits: 500, measure: 'weight' },
      { text: 'आधा किलो चीनी', baseUnits: 500, measure: 'weight' },
      { text: 'aadha kilo chini', baseUnits: 500, measure: 'weight' },
      { text: '१.५ किलो आटा', baseUnits: 1500, measure: 'weight' },
      { text: 'dedh kilo aata', baseUnits: 1500, measure: 'weight' },
      { text: '1½ kg dahi', baseUnits: 1500, measure: 'weight' },
      { text: 'dhai sau gram jeera', baseUnits: 250, measure: 'weight' },
      { text: 'डेढ़ सौ ग्राम हल्दी', baseUnits: 150, measure: 'weight' },
      { text: 'sadhe teen kilo chawal', baseUnits: 3500, measure: 'weight' },
      { text: 'paune do litre doodh', baseUnits: 1750, measure: 'volume' },
      { text: '2 sau gram paneer', baseUnits: 200, measure: 'weight' },
      { text: 'do pav kilo dal', baseUnits: 250, measure: 'weight' },
      { text: '½ kg dahi', baseUnits: 500, measure: 'weight' },
      { text: '1/2 litre doodh', baseUnits: 500, measure: 'volume' },
      { text: '2 ltr oil', baseUnits: 2000, measure: 'volume' },
      { text: 'ek dozen kela', baseUnits: 12, measure: 'pieces' },
      { text: 'pav kilo paneer', baseUnits: 250, measure: 'weight' },
      { text: 'अर्धा किलो साखर', baseUnits: 500, measure: 'weight' },
      { text: 'চিনি ২ কেজি', baseUnits: 2000, measure: 'weight' },
      { text: '૨ કિલો ખાંડ', baseUnits: 2000, measure: 'weight' },
      { text: '੫ ਕਿਲੋ ਆਲੂ', baseUnits: 5000, measure: 'weight' },
      { text: '௨ கிலோ சர்க்கரை', baseUnits: 2000, measure: 'weight' },
      { text: '౨ కిలో చక్కెర', baseUnits: 2000, measure: 'weight' },
      { text: '೨ ಕಿಲೋ ಸಕ್ಕರೆ', baseUnits: 2000, measure: 'weight' },
      { text: '൨ കിലോ പഞ്ചസാര', baseUnits: 2000, measure: 'weight' },
      { text: 'அரை கிலோ சர்க்கரை', baseUnits: 500, measure: 'weight' },
      { text: 'అర కిలో పంచదార', baseUnits: 500, measure: 'weight' },
      { text: 'ಅರ್ಧ ಕೆಜಿ ಸಕ್ಕರೆ', baseUnits: 500, measure: 'weight' },
      { text: 'കാൽ കിലോ മുളക്', baseUnits: 250, measure: 'weight' },
      { text: 'rendu kilo biyyam', baseUnits: 2000, measure: 'weight' },
      { text: 'ఒక లీటర్ పాలు', baseUnits: 1000, measure: 'volume' },
    ])
    .run(({ assert }, { text, baseUnits, measure }) => {
      assert.deepEqual(understanding.of(text).quantity, { measure, baseUnits })
    })

  test('no amount is seen in "{$self}"')
    .with([
      '2 packet maggi',
      '0 kg atta',
      '999999 hazar kg dal',
      'pav',
      'do',
      '5 star',
      '2 minute noodles',
      'grams',
      '10 rs wala biscuit',
      '1/0 kg x',
    ])
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
