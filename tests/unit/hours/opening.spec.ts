import { test } from '@japa/runner'
import fc from 'fast-check'
import { changesAt, endOfShopDay, stateOf, takesOrders, type Opening } from '#hours/opening'

/** 2026-11-23 is a Monday. */
const at = (text: string) => new Date(`${text}:00+05:30`)
const iso = (text: string) => at(text).toISOString()
const from = (hour: number, to: number, day = 1) => [day, hour * 60, to * 60] as const

const opening = (values: Partial<Opening> = {}): Opening => {
  return { spans: [], holidays: [], closedUntil: null, lastOrderMinutes: 0, ...values }
}

test.group('A shop with hours', () => {
  const shop = opening({ spans: [from(9, 13), from(16, 21), from(9, 21, 2)] })

  test('is open from the minute it opens to the minute before it closes', ({ assert }) => {
    const kinds = ['08:59', '09:00', '12:59', '13:00', '15:59', '16:00', '20:59', '21:00'].map(
      (time) => stateOf(shop, at(`2026-11-23T${time}`))!.kind
    )
    assert.deepEqual(kinds, [
      ...['closed', 'open', 'open', 'closed', 'closed', 'open', 'open', 'closed'],
    ])
  })

  test('says until when, and when it opens next', ({ assert }) => {
    const open = stateOf(shop, at('2026-11-23T10:00'))!
    assert.equal(open.until, iso('2026-11-23T13:00'))
    assert.isNull(open.opensAt)
    const noon = stateOf(shop, at('2026-11-23T14:00'))!
    assert.equal(noon.opensAt, iso('2026-11-23T16:00'))
    const weekend = stateOf(shop, at('2026-11-25T00:00'))!
    assert.equal(weekend.opensAt, iso('2026-11-30T09:00'))
  })

  test('takes the last order some minutes before it closes', ({ assert }) => {
    const early = { ...shop, lastOrderMinutes: 30 }
    assert.isTrue(takesOrders(early, at('2026-11-23T12:29')))
    assert.isFalse(takesOrders(early, at('2026-11-23T12:30')))
    const ending = stateOf(early, at('2026-11-23T12:30'))!
    assert.equal(ending.kind, 'ending')
    assert.equal(ending.opensAt, iso('2026-11-23T16:00'))
  })

  test('stays closed on a holiday, and after a night that began before it', ({ assert }) => {
    const night = opening({ spans: [from(18, 26), from(18, 26, 2)], holidays: ['2026-11-24'] })
    assert.equal(stateOf(night, at('2026-11-24T01:59'))!.kind, 'open')
    assert.equal(stateOf(night, at('2026-11-24T02:00'))!.kind, 'closed')
    assert.equal(stateOf(night, at('2026-11-24T19:00'))!.kind, 'closed')
    assert.equal(stateOf(night, at('2026-11-24T19:00'))!.opensAt, iso('2026-11-30T18:00'))
  })

  test('has one night when one day ends as the next begins', ({ assert }) => {
    const days = opening({ spans: [from(8, 24), from(0, 10, 2)] })
    assert.equal(stateOf(days, at('2026-11-23T23:59'))!.until, iso('2026-11-24T10:00'))
  })

  test('is closed for today until its day ends', ({ assert }) => {
    const night = opening({ spans: [from(18, 26), from(18, 26, 2)] })
    assert.equal(endOfShopDay(night, at('2026-11-24T00:30')).toISOString(), iso('2026-11-24T02:00'))
    assert.equal(endOfShopDay(night, at('2026-11-24T03:00')).toISOString(), iso('2026-11-25T02:00'))
    assert.equal(endOfShopDay(null, at('2026-11-24T03:00')).toISOString(), iso('2026-11-25T00:00'))
    const closed = { ...shop, closedUntil: iso('2026-11-24T00:00') }
    assert.equal(stateOf(closed, at('2026-11-23T17:00'))!.kind, 'closed')
    assert.equal(stateOf(closed, at('2026-11-23T17:00'))!.opensAt, iso('2026-11-24T09:00'))
  })

  test('that has stated no hours is open, unless it is closed for today', ({ assert }) => {
    assert.isNull(stateOf(null, new Date()))
    assert.isTrue(takesOrders(null, new Date()))
    const closed = opening({ closedUntil: iso('2026-11-24T00:00') })
    assert.isFalse(takesOrders(closed, at('2026-11-23T23:59')))
    assert.isTrue(takesOrders(closed, at('2026-11-24T00:00')))
  })
})

const span = fc
  .record({
    day: fc.integer({ min: 1, max: 7 }),
    begin: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ day, begin, length }) => [day, begin, begin + length] as const)

const openings = fc.record({
  spans: fc.array(span, { maxLength: 6 }),
  holidays: fc.subarray(['2026-11-24', '2026-11-28', '2026-12-01']),
  closedUntil: fc.constantFrom(null, iso('2026-11-25T00:00')),
  lastOrderMinutes: fc.integer({ min: 0, max: 240 }),
})
const begin = at('2026-11-20T00:00').getTime()
const minutes = fc.integer({ min: 0, max: 14 * 1440 }).map((n) => new Date(begin + n * 60_000))

test.group('The state of any shop', () => {
  test('holds until the minute it says, and no longer for orders', ({ assert }) => {
    fc.assert(
      fc.property(openings, minutes, (shop, now) => {
        const state = stateOf(shop, now)!
        const end = changesAt(state, now)
        assert.isAbove(end, now.getTime())
        const before = stateOf(shop, new Date(end - 1))!
        assert.deepEqual(before, state)
        const next = state.ordersUntil ?? state.opensAt
        if (next === null) return
        const [then, justBefore] = [0, -1].map((by) => {
          return takesOrders(shop, new Date(Date.parse(next) + by))
        })
        assert.equal(then, state.kind !== 'open')
        assert.equal(justBefore, state.kind === 'open')
      }),
      { numRuns: 500 }
    )
  })

  test('is open exactly in the spans of days that are no holidays', ({ assert }) => {
    fc.assert(
      fc.property(openings, minutes, (any, now) => {
        const shop = { ...any, lastOrderMinutes: 0 }
        const india = new Date(now.getTime() + 5.5 * 3_600_000)
        const minute = india.getUTCHours() * 60 + india.getUTCMinutes()
        const covers = (back: number) => {
          const day = new Date(india.getTime() - back * 86_400_000)
          if (shop.holidays.includes(day.toISOString().slice(0, 10))) return false
          const weekday = day.getUTCDay() || 7
          const spans = shop.spans.length > 0 ? shop.spans : [[weekday, 0, 1440] as const]
          return spans.some(([of, opens, closes]) => {
            const inDay = minute + back * 1440
            return of === weekday && opens <= inDay && inDay < closes
          })
        }
        const isClosedToday = shop.closedUntil !== null && now < new Date(shop.closedUntil)
        const isOpen = !isClosedToday && (covers(0) || covers(1))
        assert.equal(stateOf(shop, now)!.kind !== 'closed', isOpen)
      }),
      { numRuns: 1000 }
    )
  })
})
