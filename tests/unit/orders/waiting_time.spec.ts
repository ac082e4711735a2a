import { test } from '@japa/runner'
import { waitsUntil, type Span } from '#orders/waiting_time'

/** A moment in India, on this day of December 2026. */
const at = (day: number, time: string) => {
  return new Date(`2026-12-${String(day).padStart(2, '0')}T${time}:00+05:30`)
}
const span = (from: Date, to: Date): Span => [from.getTime(), to.getTime()]
const ALWAYS: Span[] = [[0, Infinity]]

test.group('Waiting time', () => {
  for (const [what, since, minutes, until] of [
    ['by day is the time itself', at(1, '10:00'), 120, at(1, '12:00')],
    ['may end as the night begins', at(1, '20:00'), 120, at(1, '22:00')],
    ['goes on in the morning', at(1, '20:01'), 120, at(2, '07:01')],
    ['of the last evening minute is one minute', at(1, '21:59'), 120, at(2, '08:59')],
    ['begins in the morning when the night has begun', at(1, '22:00'), 120, at(2, '09:00')],
    ['begins in the morning before midnight', at(1, '23:59'), 15, at(2, '07:15')],
    ['begins in the morning after midnight', at(2, '00:00'), 15, at(2, '07:15')],
    ['begins as the morning does', at(2, '07:00'), 15, at(2, '07:15')],
    ['counts 15 hours of a day', at(1, '07:00'), 900, at(1, '22:00')],
    ['counts 15 hours of a day and not a minute more', at(1, '07:00'), 901, at(2, '07:01')],
    ['of a day takes two mornings', at(1, '21:00'), 1440, at(3, '15:00')],
    ['spans many nights', at(1, '12:00'), 15 * 60 * 20, at(21, '12:00')],
  ] as const) {
    test(what, ({ assert }) => {
      assert.deepEqual(waitsUntil(since, minutes, ALWAYS), until)
    })
  }

  test('does not count while no server is up', ({ assert }) => {
    const up = [span(at(1, '09:00'), at(1, '10:30')), span(at(1, '11:30'), at(1, '23:00'))]
    assert.deepEqual(waitsUntil(at(1, '10:00'), 60, up), at(1, '12:00'))
    assert.deepEqual(waitsUntil(at(1, '10:00'), 30, up), at(1, '10:30'))
    assert.deepEqual(waitsUntil(at(1, '10:45'), 60, up), at(1, '12:30'))
  })

  test('counts once what several servers were up for, in any order', ({ assert }) => {
    const up = [
      span(at(1, '11:00'), at(1, '13:00')),
      span(at(1, '09:00'), at(1, '12:00')),
      span(at(1, '09:30'), at(1, '09:45')),
    ]
    assert.deepEqual(waitsUntil(at(1, '10:00'), 150, up), at(1, '12:30'))
  })

  test('counts from when a server is up first', ({ assert }) => {
    const up: Span[] = [[at(5, '08:00').getTime(), Infinity]]
    assert.deepEqual(waitsUntil(at(1, '10:00'), 120, up), at(5, '10:00'))
  })

  test('adds up over nights and interruptions', ({ assert }) => {
    const up: Span[] = [span(at(1, '21:30'), at(2, '07:10')), [at(3, '06:00').getTime(), Infinity]]
    assert.deepEqual(waitsUntil(at(1, '21:00'), 60, up), at(3, '07:20'))
  })

  test('is the opening hours of a shop that has stated them, also at night', ({ assert }) => {
    const spans = [1, 2, 3, 4, 5, 6, 7].map((day) => [day, 18 * 60, 26 * 60] as const)
    const shop = { spans, holidays: ['2026-12-03'], closedUntil: null, lastOrderMinutes: 0 }
    assert.deepEqual(waitsUntil(at(1, '10:00'), 120, ALWAYS, shop), at(1, '20:00'))
    assert.deepEqual(waitsUntil(at(1, '23:00'), 120, ALWAYS, shop), at(2, '01:00'))
    assert.deepEqual(waitsUntil(at(3, '01:00'), 120, ALWAYS, shop), at(4, '19:00'))
    const up = [span(at(1, '19:00'), at(1, '19:30')), span(at(1, '23:00'), at(2, '12:00'))]
    assert.deepEqual(waitsUntil(at(1, '10:00'), 60, up, shop), at(1, '23:30'))
  })
})
