import { test } from '@japa/runner'
import { readWorth } from '#measures/read_worth'

test.group('Reading what is to be spent', () => {
  test('"{text}" is {paise} paise')
    .with([
      { text: '₹20', paise: 2000 },
      { text: '₹ 1,250', paise: 125_000 },
      { text: '₹12.50', paise: 1250 },
      { text: '₹२०', paise: 2000 },
      { text: '20 rs', paise: 2000 },
      { text: '20rs.', paise: 2000 },
      { text: 'Rs. 20', paise: 2000 },
      { text: 'Rs.20', paise: 2000 },
      { text: 'rs 20', paise: 2000 },
      { text: '20/-', paise: 2000 },
      { text: '20 rupees worth', paise: 2000 },
      { text: '₹20 worth', paise: 2000 },
      { text: '20 rupaye ka', paise: 2000 },
      { text: 'bees rupaye ki', paise: 2000 },
      ...['ka', 'ki', 'ke', 'worth', 'wala', 'wali', 'का', 'की', 'के', 'वाला', 'वाली'].map(
        (word) => {
          return { text: `₹20 ${word}`, paise: 2000 }
        }
      ),
      { text: '₹20 ka.', paise: 2000 },
      { text: '₨20', paise: 2000 },
      { text: '20₹', paise: 2000 },
      { text: '20/=', paise: 2000 },
      { text: 'sau rupees', paise: 10_000 },
      { text: 'pav rupaya', paise: 25 },
      { text: 'बीस रुपये', paise: 2000 },
      { text: '२० रुपये का', paise: 2000 },
      { text: 'डेढ़ सौ रुपये', paise: 15_000 },
      { text: 'twenty five rupees', paise: 2500 },
      { text: '₹0', paise: 0 },
    ])
    .run(({ assert }, { text, paise }) => assert.equal(readWorth(text), paise))

  test('"{$self}" is not guessed')
    .with([
      '20',
      '20 ka',
      '250 g',
      'pav',
      '₹1.234',
      '₹1,5',
      '₹-20',
      '20 rs 50',
      '2 sau rupees',
      'besan rupees',
      '20/- dal',
      'rs',
      '₹',
      'ka',
      'Rs .52',
      '',
    ])
    .run(({ assert }, text) => assert.isNull(readWorth(text)))
})
