import { test } from '@japa/runner'
import { Counter, Gauge, Registry } from 'prom-client'
import { AddedUp, type OwnMetrics } from '#metrics/added_up'

/** A process with a counter and two gauges. */
function process() {
  const registers = [new Registry()]
  const reads = new Counter({ name: 'reads', help: 'Reads', labelNames: ['outcome'], registers })
  const open = new Gauge({ name: 'open', help: 'Open', registers })
  const age = new Gauge({ name: 'age', help: 'Age', aggregator: 'max', registers })
  const own = async () => (await registers[0].getMetricsAsJSON()) as unknown as OwnMetrics
  return { reads, open, age, own }
}

const lines = (text: string) => text.split('\n').filter((line) => line && !line.startsWith('#'))

test.group('Metrics added up', () => {
  test('counters add up, gauges as their aggregator says', async ({ assert }) => {
    const [one, other] = [process(), process()]
    one.reads.inc({ outcome: 'hit' }, 2)
    other.reads.inc({ outcome: 'hit' }, 3)
    other.reads.inc({ outcome: 'miss' })
    for (const [index, { open, age }] of [one, other].entries()) {
      open.set(5)
      age.set(index)
    }
    const all = new Map([
      [one, await one.own()],
      [other, await other.own()],
    ])
    assert.deepEqual(lines(await new AddedUp().text(all)), [
      'reads{outcome="hit"} 5',
      'reads{outcome="miss"} 1',
      'open 10',
      'age 1',
    ])
  })

  test('what a process has counted stays when it is silent and when it is gone', async ({
    assert,
  }) => {
    const [one, other] = [process(), process()]
    const sums = new AddedUp()
    one.reads.inc({ outcome: 'hit' }, 2)
    other.reads.inc({ outcome: 'hit' }, 3)
    other.open.set(7)
    await sums.text(new Map([[one, await one.own()]]).set(other, await other.own()))
    const withoutOther = async () => lines(await sums.text(new Map([[one, await one.own()]])))
    assert.deepEqual(await withoutOther(), ['reads{outcome="hit"} 5', 'open 0', 'age 0'])
    await sums.leave(other)
    one.reads.inc({ outcome: 'hit' })
    assert.deepEqual(await withoutOther(), ['reads{outcome="hit"} 6', 'open 0', 'age 0'])
    await sums.leave({})
    assert.deepEqual(await withoutOther(), ['reads{outcome="hit"} 6', 'open 0', 'age 0'])
  })
})
