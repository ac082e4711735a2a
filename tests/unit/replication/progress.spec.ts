import { test } from '@japa/runner'
import { pastNextRecord } from '#replication/progress'

const PAGE = 8192n
const SHORTEST_RECORD = 24n
const HEADER = 24n
const LONGEST_HEADER = 40n

test.group('A position past the next record', () => {
  test('is past where the record begins, and not past its end', ({ assert }) => {
    const position = 3n * PAGE + 400n
    const demand = pastNextRecord(position)
    assert.isTrue(demand > position)
    assert.isTrue(demand <= position + SHORTEST_RECORD)
  })

  test('is past the header of a page, which the primary takes for logged', ({ assert }) => {
    const demand = pastNextRecord(3n * PAGE)
    assert.isTrue(demand > 3n * PAGE + LONGEST_HEADER)
    assert.isTrue(demand <= 3n * PAGE + HEADER + SHORTEST_RECORD)
  })
})
