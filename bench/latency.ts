import { setTimeout as delay } from 'node:timers/promises'

export interface Latency {
  /** Milliseconds. */
  p50: number
  p99: number
  slowest: number
  /** Completed calls per second, all users together. */
  perSecond: number
}

/**
 * Calls `work` with the inputs in turn, `runs` times in total, from concurrent users.
 *
 * @param options.pause mean pause of a user before each call, in milliseconds; varies from half to one and a half
 * times as long
 */
export async function measure<Input>(
  inputs: Input[],
  work: (input: Input) => Promise<unknown>,
  { users, runs, pause = 0 }: { users: number; runs: number; pause?: number }
): Promise<Latency> {
  const times: number[] = []
  let next = 0
  const started = performance.now()
  const user = async () => {
    while (next < runs) {
      const input = inputs[next++ % inputs.length]
      if (pause > 0) await delay(pause * (0.5 + Math.random()))
      const before = performance.now()
      await work(input)
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: users }, user))
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    slowest: quantile(times, 1),
    perSecond: Math.round(times.length / seconds),
  }
}

/** Prints one column per field. */
export function table(rows: (Latency & { what: string })[]) {
  const entries = rows.map(({ what, ...figures }) => [what, figures] as const)
  console.table(Object.fromEntries(entries))
}

/** The quantile of sorted values, rounded to a tenth. */
export function quantile(sorted: number[], share: number) {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
  return Math.round(sorted[at] * 10) / 10
}

export function median(numbers: number[]) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]
}
