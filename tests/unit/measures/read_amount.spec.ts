import { test } from '@japa/runner'
import type { Measure } from '#measures/goods'
import { readAmount } from '#measures/read_amount'

test.group('Reading an amount', () => {
  test('"{text}" is {amount} base units of {measure}')
    .with<{ text: string; measure: Measure; amount: number }[]>([
      { text: '250 g', measure: 'weight', amount: 250 },
      { text: '250g', measure: 'weight', amount: 250 },
      { text: '250 GM.', measure: 'weight', amount: 250 },
      { text: '1.5 kg', measure: 'weight', amount: 1500 },
      { text: '1.234 kg', measure: 'weight', amount: 1234 },
      { text: '0.29 kg', measure: 'weight', amount: 290 },
      { text: '.5 kg', measure: 'weight', amount: 500 },
      { text: '1,250 g', measure: 'weight', amount: 1250 },
      { text: '१/२ किलो', measure: 'weight', amount: 500 },
      { text: '½ kg', measure: 'weight', amount: 500 },
      { text: '1½ kg', measure: 'weight', amount: 1500 },
      { text: '1 1/2 kg', measure: 'weight', amount: 1500 },
      { text: 'आधा किलो', measure: 'weight', amount: 500 },
      { text: 'पाव', measure: 'weight', amount: 250 },
      { text: 'pav', measure: 'weight', amount: 250 },
      { text: 'Paav', measure: 'weight', amount: 250 },
      { text: 'एक पाव', measure: 'weight', amount: 250 },
      { text: 'teen pav', measure: 'weight', amount: 750 },
      { text: 'pav kilo', measure: 'weight', amount: 250 },
      { text: 'पाव लीटर', measure: 'volume', amount: 250 },
      { text: 'sava kilo', measure: 'weight', amount: 1250 },
      { text: 'सवा दो किलो', measure: 'weight', amount: 2250 },
      { text: 'paune kilo', measure: 'weight', amount: 750 },
      { text: 'paune do kilo', measure: 'weight', amount: 1750 },
      { text: 'साढ़े तीन किलो', measure: 'weight', amount: 3500 },
      { text: 'sadhe 3 kilo', measure: 'weight', amount: 3500 },
      { text: 'dedh kg', measure: 'weight', amount: 1500 },
      { text: 'dhai sau gram', measure: 'weight', amount: 250 },
      { text: 'ढाई सौ ग्राम', measure: 'weight', amount: 250 },
      { text: 'डेढ़ सौ ग्राम', measure: 'weight', amount: 150 },
      { text: 'sava sau gram', measure: 'weight', amount: 125 },
      { text: 'sau gram', measure: 'weight', amount: 100 },
      { text: '2 sau gram', measure: 'weight', amount: 200 },
      { text: 'teen sau', measure: 'weight', amount: 300 },
      { text: 'साढ़े तीन सौ ग्राम', measure: 'weight', amount: 350 },
      { text: 'teen sau pachas gram', measure: 'weight', amount: 350 },
      { text: 'seven hundred fifty grams', measure: 'weight', amount: 750 },
      { text: 'ek hazar do sau gram', measure: 'weight', amount: 1200 },
      { text: '1 kg 250 g', measure: 'weight', amount: 1250 },
      { text: 'एक किलो दो सौ ग्राम', measure: 'weight', amount: 1200 },
      { text: '250', measure: 'weight', amount: 250 },
      { text: '२५०', measure: 'weight', amount: 250 },
      { text: '২৫০ গ্রাম', measure: 'weight', amount: 250 },
      { text: '௨ கிலோ', measure: 'weight', amount: 2000 },
      { text: '۲۵۰ g', measure: 'weight', amount: 250 },
      { text: '２５０ｇ', measure: 'weight', amount: 250 },
      { text: 'half litre', measure: 'volume', amount: 500 },
      { text: '500 ml', measure: 'volume', amount: 500 },
      { text: '1.5 m', measure: 'length', amount: 150 },
      { text: 'डेढ़ मीटर', measure: 'length', amount: 150 },
      { text: '2 dozen', measure: 'pieces', amount: 24 },
      { text: 'half dozen', measure: 'pieces', amount: 6 },
      { text: 'आधा दर्जन', measure: 'pieces', amount: 6 },
      { text: '7', measure: 'pieces', amount: 7 },
      { text: '7 pieces', measure: 'pieces', amount: 7 },
      { text: '0', measure: 'weight', amount: 0 },
    ])
    .run(({ assert }, { text, measure, amount }) => {
      assert.equal(readAmount(text, measure), amount)
    })

  test('"{text}" of {measure} is not guessed')
    .with<{ text: string; measure: Measure }[]>(
      (
        [
          ['weight', '1.234'],
          ['weight', '1,5 kg'],
          ['weight', '1,5'],
          ['weight', '1.0005 kg'],
          ['weight', '250.5 g'],
          ['weight', '1/3 kg'],
          ['weight', '1/0 kg'],
          ['weight', '-250 g'],
          ['weight', '+250 g'],
          ['weight', '1e3 g'],
          ['weight', '0x10 g'],
          ['weight', '5² g'],
          ['weight', '250 ml'],
          ['weight', '2 dozen'],
          ['weight', 'kilo'],
          ['weight', 'ek do kilo'],
          ['weight', 'ek do kilo 250 g'],
          ['weight', 'ek do pav'],
          ['weight', '2 250 g'],
          ['weight', '1 kg 250'],
          ['weight', '250 g dal'],
          ['weight', 'besan'],
          ['weight', 'aadha'],
          ['weight', 'sadhe kilo'],
          ['weight', '99999999999999999999 kg'],
          ['weight', ''],
          ['weight', ' '],
          ['weight', '.'],
          ['volume', 'pav'],
          ['pieces', 'पाव'],
          ['pieces', '1.5'],
          ['pieces', '6 packets'],
        ] as const
      ).map(([measure, text]) => ({ measure, text }))
    )
    .run(({ assert }, { text, measure }) => assert.isNull(readAmount(text, measure)))
})
