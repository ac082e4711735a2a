import { test } from '@japa/runner'
import { SingleFlight } from '#caches/single_flight'

/** Reads that end when told to, numbered in the order they began. */
function reads() {
  const ends: ((error?: Error) => void)[] = []
  const read = () => {
    const number = ends.length + 1
    return new Promise<number>((resolve, reject) => {
      ends.push((error) => (error ? reject(error) : resolve(number)))
    })
  }
  return { ends, read }
}

const enough = () => true
const tooEarly = () => false

test.group('Single flight', () => {
  test('requests share the result of a read that is enough for them', async ({ assert }) => {
    const { ends, read } = reads()
    const flights = new SingleFlight<number>()
    const all = Promise.all([1, 2, 3].map(() => flights.run('key', read, enough)))
    ends[0]()
    assert.deepEqual(await all, [1, 1, 1])
    assert.lengthOf(ends, 1)
  })

  test('those for whom it began too early share the next', async ({ assert }) => {
    const { ends, read } = reads()
    const flights = new SingleFlight<number>()
    const first = flights.run('key', read, tooEarly)
    const later = [2, 3, 4].map(() => flights.run('key', read, tooEarly))
    ends[0]()
    assert.equal(await first, 1)
    await new Promise(setImmediate)
    assert.lengthOf(ends, 2)
    ends[1]()
    assert.deepEqual(await Promise.all(later), [2, 2, 2])
  })

  test('keys do not wait for each other', async ({ assert }) => {
    const { ends, read } = reads()
    const flights = new SingleFlight<number>()
    flights.run('slow', read, tooEarly)
    const other = flights.run('key', read, tooEarly)
    ends[1]()
    assert.equal(await other, 2)
  })

  test('an error is shared, and the next request reads again', async ({ assert }) => {
    const { ends, read } = reads()
    const flights = new SingleFlight<number>()
    const both = Promise.allSettled([1, 2].map(() => flights.run('key', read, enough)))
    ends[0](new Error('away'))
    assert.deepEqual(
      (await both).map(({ status }) => status),
      ['rejected', 'rejected']
    )
    const next = flights.run('key', read, enough)
    ends[1]()
    assert.equal(await next, 2)
  })
})
