import { test } from '@japa/runner'
import { DAY } from '#validators/api_label'

test.group('The days of labels in the API', () => {
  test('the schema admits exactly the days that are accepted', ({ assert }) => {
    const pattern = new RegExp(DAY.pattern)
    const differing = daysAndOthers().filter((day) => pattern.test(day) !== (DAY.read(day) === day))
    assert.deepEqual(differing, [])
  })
})

function* numbers(from: number, to: number) {
  for (let number = from; number <= to; number++) yield String(number).padStart(2, '0')
}

function daysAndOthers() {
  return [...numbers(1999, 2099)].flatMap((year) =>
    [...numbers(0, 13)].flatMap((month) =>
      [...numbers(0, 32)].map((day) => `${year}-${month}-${day}`)
    )
  )
}
