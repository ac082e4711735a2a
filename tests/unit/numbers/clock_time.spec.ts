import { test } from '@japa/runner'
import { clockText, readClockTime } from '#numbers/clock_time'

test.group('A time of the day', () => {
  test('is read as people type it', ({ assert }) => {
    const minutes = [
      '21:00',
      '9',
      '9.30',
      '9:30 pm',
      '२१:००',
      '24:00',
      '12 am',
      '12 pm',
      '07:05:00',
    ]
    assert.deepEqual(minutes.map(readClockTime), [1260, 540, 570, 1290, 1260, 0, 0, 720, 425])
  })

  test('is not guessed', ({ assert }) => {
    for (const text of ['', '25', '24:01', '9:60', '13 pm', '0 am', 'nine', '-1', '1e1', '9:3']) {
      assert.isNull(readClockTime(text), text)
    }
  })

  test('is written as a field of a form shows it', ({ assert }) => {
    assert.deepEqual([0, 545, 1440, 1560].map(clockText), ['00:00', '09:05', '00:00', '02:00'])
  })
})
