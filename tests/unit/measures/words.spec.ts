import { test } from '@japa/runner'
import type { Measure } from '#measures/goods'
import { numberIn } from '#measures/number_in_words'
import { readAmount } from '#measures/read_amount'
import { QUARTERS, RUPEES } from '#measures/words'
import { fold } from '#text/fold'

const UNITS: [measure: Measure, size: number, words: string][] = [
  ['weight', 1000, 'kg KGS kilo Kilos kilogram kilograms किलो किग्रा किलोग्राम'],
  ['weight', 1000, 'কেজি কিলো કિલો કિગ્રા ਕਿਲੋ ਕਿੱਲੋ கிலோ கிகி కిలో కేజీ ಕಿಲೋ ಕೆಜಿ കിലോ'],
  ['weight', 1, 'g Gm gms gram grams gr ग्राम ग्रा'],
  ['weight', 1, 'গ্রাম ગ્રામ ਗ੍ਰਾਮ கிராம் గ్రాములు గ్రాము ಗ್ರಾಂ ഗ്രാം'],
  ['volume', 1000, 'l lt Ltr ltrs litre Litres liter liters leetar लीटर लिटर'],
  ['volume', 1000, 'লিটার લિટર લીટર ਲੀਟਰ ਲਿਟਰ லிட்டர் లీటరు లీటర్ ಲೀಟರ್ ലിറ്റർ'],
  ['volume', 1, 'ML मिली मिलीलीटर एमएल মিলি મિલી ਮਿਲੀ மில்லி మిల్లీ ಮಿಲಿ മില്ലി'],
  ['length', 100, 'm mtr mtrs metre metres Meter meters मीटर'],
  ['length', 1, 'cm cms सेमी'],
  ['pieces', 12, 'dozen dozens dozan darjan दर्जन ডজন ડઝન ਦਰਜਨ டஜன் డజను ಡಜನ್ ഡസൻ'],
  ['pieces', 1, 'pc pcs piece pieces नग पीस'],
]

const NUMBERS: [value: number, words: string][] = [
  [0.25, 'pav paav pao पाव quarter கால் పావు ಕಾಲು കാൽ'],
  [0.5, 'half adha aadha aadhi ardha आधा आधी आधे अर्धा'],
  [0.5, 'আধা અડધો ਅੱਧਾ arai அரை అర ಅರ್ಧ അര'],
  [0.75, 'pauna paune pona पौना पौने पौन'],
  [1, 'ek One एक oru ondu oka ஒரு ఒక ಒಂದು ഒരു'],
  [1.25, 'sava sawa सवा'],
  [1.5, 'dedh ded डेढ़'],
  [2, 'do two दो rendu irandu eradu randu ரெண்டு இரண்டு రెండు ಎರಡು രണ്ട്'],
  [2.5, 'dhai dhaai adhai ढाई अढाई'],
  [3, 'teen tin three तीन'],
  [4, 'char chaar four चार'],
  [5, 'panch paanch five पांच पाँच'],
  [6, 'chhah chhe chhai six छह छः छे'],
  [7, 'saat seven सात'],
  [8, 'aath eight आठ'],
  [9, 'nau nine नौ'],
  [10, 'das ten दस'],
  [11, 'gyarah eleven ग्यारह'],
  [12, 'barah baarah twelve बारह'],
  [15, 'pandrah fifteen पंद्रह पन्द्रह'],
  [20, 'bees twenty बीस'],
  [25, 'pachis pachees पच्चीस'],
  [30, 'tees thirty तीस'],
  [35, 'paintis पैंतीस'],
  [40, 'chalis chaalis forty चालीस'],
  [45, 'paintalis पैंतालीस'],
  [50, 'pachas pachaas fifty पचास'],
  [60, 'sixty साठ'],
  [70, 'sattar seventy सत्तर'],
  [75, 'pachhattar pachattar पचहत्तर'],
  [80, 'assi eighty अस्सी'],
  [90, 'nabbe ninety नब्बे'],
  [100, 'sau hundred सौ'],
  [1000, 'hazar hazaar hajar thousand हज़ार हजार'],
]

const said = (text: string) => numberIn(text.split(' ').map(fold))

test.group('Words of amounts', () => {
  test('"{words}" are {size} of {measure}')
    .with(UNITS.map(([measure, size, words]) => ({ measure, size, words })))
    .run(({ assert }, { measure, size, words }) => {
      for (const word of words.split(' ')) assert.equal(readAmount(`2 ${word}`, measure), 2 * size)
    })

  test('are numbers, in every usual spelling', ({ assert }) => {
    for (const [value, words] of NUMBERS) {
      for (const word of words.split(' ')) assert.equal(said(word), value, word)
    }
  })

  test('make the next number larger or smaller', ({ assert }) => {
    const shifts = { 'paune पौने': 2.75, 'sava sawa सवा': 3.25, 'sadhe saadhe sarhe साढ़े': 3.5 }
    for (const [words, value] of Object.entries(shifts)) {
      for (const word of words.split(' ')) assert.equal(said(`${word} teen`), value, word)
    }
  })

  test('are rupees, and quarters of a kilo', ({ assert }) => {
    for (const word of 'rs re inr rupee rupees rupaye rupaya rupay रु रू रुपये रुपए रुपया'.split(' '))
      assert.isTrue(RUPEES.has(fold(word)), word)
    for (const word of ['pav', 'paav', 'pao', 'पाव']) {
      assert.equal(QUARTERS.get(fold(word)), 0.25)
      assert.equal(readAmount(`do ${word}`, 'weight'), 500)
    }
    assert.isFalse(QUARTERS.has('quarter'))
  })
})

test.group('A number in words', () => {
  test('"{text}" is {number}')
    .with([
      { text: '1⁄10', number: 0.1 },
      { text: '1250/10', number: 125 },
      { text: '3/25', number: 0.12 },
      { text: '12 1/2', number: 12.5 },
      { text: '999999999', number: 999_999_999 },
      { text: '0.123456', number: 0.123456 },
      { text: '.5', number: 0.5 },
      { text: '5.', number: 5 },
      { text: 'twenty five', number: 25 },
      { text: 'thirty one', number: 31 },
      { text: 'sadhe do', number: 2.5 },
      { text: 'sau ek', number: 101 },
      { text: 'do hazar teen sau', number: 2300 },
      { text: 'dhai hazar', number: 2500 },
    ])
    .run(({ assert }, { text, number }) => assert.equal(said(text), number))

  test('"{$self}" is none')
    .with([
      '1000000000',
      '0.1234567',
      '12345/2',
      'x1/2',
      '1/2x',
      '1/200',
      '1/0',
      'ek do teen',
      'twenty five six',
      'besan sau',
      'sau besan',
      'ek sau sau',
      'sau hazar sau hazar',
      'dhai sau pachas',
      'besan five',
      'twenty besan',
      'sadhe ek',
      'sava besan',
      'sadhe dhai',
      '1 3/2',
      '1 1/1',
      '1.5 1/2',
      'ek 1/2',
      '1 half',
      'ten five',
      'paintis five',
      'twenty ten',
      'twenty half',
      '20 five',
      'twenty 5',
      '20 5',
    ])
    .run(({ assert }, text) => assert.isNull(said(text)))

  test('of no words is none', ({ assert }) => assert.isNull(numberIn([])))
})
