import { test } from '@japa/runner'
import {
  checkMost,
  checkSmallest,
  isSoldOut,
  PortionRefused,
  readPortion,
  stepped,
  type Sold,
} from '#measures/portion'

const dal: Sold = {
  measure: 'weight',
  soldAs: 'loose',
  netQuantity: 1000,
  smallest: 100,
  step: 50,
  presets: [125],
  pricePaise: 120_00,
  stock: 10_000,
}
const plain: Sold = { ...dal, smallest: null, step: null, presets: null }
const pack: Sold = { ...plain, soldAs: 'packed', netQuantity: 500, stock: 12 }

function refusal(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof PortionRefused) {
      const { rule, amounts, portion, message, status, code } = error
      return { rule, amounts, portion, message, status, code }
    }
    throw error
  }
  return null
}

test.group('A portion', () => {
  test('"{text}" of dal at ₹120 is {quantity} g')
    .with([
      { text: '250 g', quantity: 250, worthPaise: null },
      { text: '100', quantity: 100, worthPaise: null },
      { text: '125 g', quantity: 125, worthPaise: null },
      { text: '₹30', quantity: 250, worthPaise: 30_00 },
      { text: '₹20', quantity: 166, worthPaise: 20_00 },
      { text: '20 rupaye ka', quantity: 166, worthPaise: 20_00 },
    ])
    .run(({ assert }, { text, ...portion }) => assert.deepEqual(readPortion(text, dal), portion))

  test('is refused when it is not understood, and of packs', ({ assert }) => {
    for (const [text, sold] of [
      ['some', dal],
      ['', dal],
      ['250 ml', dal],
      ['250 g', pack],
    ] as const) {
      assert.containsSubset(
        refusal(() => readPortion(text, sold)),
        {
          rule: 'unread',
          amounts: {},
          portion: null,
          message: 'Portion refused: unread',
          status: 422,
          code: 'E_PORTION_REFUSED',
        }
      )
    }
  })

  test('is refused below the smallest, with what can be bought', ({ assert }) => {
    assert.containsSubset(
      refusal(() => readPortion('50 g', dal)),
      {
        rule: 'too_little',
        amounts: { least: 100 },
        portion: { quantity: 50, worthPaise: null },
      }
    )
    assert.containsSubset(
      refusal(() => readPortion('₹1', dal)),
      {
        rule: 'too_little',
        portion: { quantity: 8, worthPaise: 1_00 },
      }
    )
    assert.containsSubset(
      refusal(() => readPortion('0', plain)),
      {
        rule: 'too_little',
        amounts: { least: 1 },
      }
    )
    assert.isNull(refusal(() => checkSmallest({ quantity: 1, worthPaise: null }, plain)))
    assert.isNull(refusal(() => checkSmallest({ quantity: 100, worthPaise: null }, dal)))
  })

  test('is refused between two steps, with the amounts around it', ({ assert }) => {
    assert.containsSubset(
      refusal(() => readPortion('130 g', dal)),
      {
        rule: 'off_step',
        amounts: { least: 100, most: 150 },
      }
    )
    assert.containsSubset(
      refusal(() => readPortion('180 g', { ...dal, presets: null })),
      {
        rule: 'off_step',
        amounts: { least: 150, most: 200 },
      }
    )
    assert.isNull(refusal(() => readPortion('130 g', plain)))
    assert.isNull(refusal(() => readPortion('120 g', { ...dal, smallest: 120 })))
  })

  test('is told the most that can be ordered when the next step is above it', ({ assert }) => {
    const sold = { ...dal, step: 70, presets: null }
    assert.containsSubset(
      refusal(() => readPortion('98.99 kg', sold)),
      {
        rule: 'too_much',
        amounts: { most: 98_980 },
      }
    )
    assert.containsSubset(
      refusal(() => readPortion('98.95 kg', sold)),
      {
        rule: 'off_step',
        amounts: { least: 98_910, most: 98_980 },
      }
    )
    assert.containsSubset(
      refusal(() => readPortion('98.95 kg', { ...sold, step: 100 })),
      {
        rule: 'off_step',
        amounts: { least: 98_900, most: 99_000 },
      }
    )
  })

  test('cannot be more than is ordered at most, or than is in stock', ({ assert }) => {
    assert.isNull(refusal(() => checkMost(10_000, dal)))
    assert.containsSubset(
      refusal(() => checkMost(10_001, dal)),
      {
        rule: 'short',
        amounts: { most: 10_000 },
      }
    )
    const much = { ...dal, stock: 1_000_000 }
    assert.isNull(refusal(() => checkMost(99_000, much)))
    assert.containsSubset(
      refusal(() => checkMost(99_001, much)),
      {
        rule: 'too_much',
        amounts: { most: 99_000 },
      }
    )
    assert.containsSubset(
      refusal(() => checkMost(100, { ...pack, stock: 100 })),
      {
        rule: 'too_much',
        amounts: { most: 99 },
      }
    )
  })

  test('goes up and down in steps, and from the smallest to nothing', ({ assert }) => {
    assert.equal(stepped(250, 1, dal), 300)
    assert.equal(stepped(260, 1, dal), 300)
    assert.equal(stepped(0, 1, dal), 100)
    assert.equal(stepped(250, -1, dal), 200)
    assert.equal(stepped(260, -1, dal), 250)
    assert.equal(stepped(120, -1, dal), 100)
    assert.equal(stepped(100, -1, dal), 0)
    assert.equal(stepped(50, -1, dal), 0)
    assert.equal(stepped(3, 1, pack), 4)
    assert.equal(stepped(3, -1, pack), 2)
    assert.equal(stepped(1, -1, pack), 0)
    assert.equal(stepped(0, 1, pack), 1)
  })

  test('is sold out when less is left than can be bought', ({ assert }) => {
    assert.isTrue(isSoldOut({ stock: 99, smallest: 100 }))
    assert.isFalse(isSoldOut({ stock: 100, smallest: 100 }))
    assert.isTrue(isSoldOut({ stock: 0 }))
    assert.isFalse(isSoldOut({ stock: 1, smallest: null }))
  })
})
