import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { PartName } from '#infra/native/part'
import type { ApplicationProcess } from '#tests/helpers/application_process'
import { stack } from '#tests/helpers/stack'

/** Something that breaks for a while. */
export interface Fault {
  name: string
  /** How long it stays broken, in milliseconds. */
  lasts: number
  begin(servers: ApplicationProcess[]): Promise<unknown>
  end(servers: ApplicationProcess[]): Promise<unknown>
  /** What users may see of it. Without it: not a single failure. */
  shows?: 'writes fail' | 'requests in hand fail'
}

const stopped = (name: string, lasts: number, ...parts: PartName[]): Fault => ({
  name,
  lasts,
  begin: () => Promise.all(parts.map((part) => stack.part(part).stop())),
  end: () => stack.up(parts),
})

const SHORT = 8_000

export const FAULTS: Fault[] = [
  stopped('the first replica stopped', SHORT, 'replica-1'),
  stopped('the second replica stopped', SHORT, 'replica-2'),
  stopped('both replicas stopped', SHORT, 'replica-1', 'replica-2'),
  stopped('HAProxy stopped', SHORT, 'haproxy'),
  {
    ...stopped('Redis stopped and emptied', SHORT, 'redis'),
    async begin() {
      await stack.part('redis').stop()
      rmSync(join(stack.settings.directory, 'redis'), { recursive: true, force: true })
    },
  },
  stopped('Kafka stopped', 30_000, 'kafka'),
  {
    ...stopped('Kafka Connect killed', SHORT, 'connect'),
    begin: () => stack.part('connect').kill(),
  },
  stopped('Elasticsearch stopped', SHORT, 'elasticsearch'),
  { ...stopped('the primary restarted', 0, 'primary'), shows: 'writes fail' },
  {
    name: 'the application killed',
    lasts: 2_000,
    begin: ([first]) => first.kill(),
    end: ([first]) => first.startAgain(),
    shows: 'requests in hand fail',
  },
]

/** Breaks it, waits and mends it. Returns when it was broken and when it was whole again. */
export async function happen(fault: Fault, servers: ApplicationProcess[]) {
  const brokenAt = performance.now()
  await fault.begin(servers)
  await delay(fault.lasts)
  await fault.end(servers)
  return { brokenAt, mendedAt: performance.now() }
}
