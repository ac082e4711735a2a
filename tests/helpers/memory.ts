import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Lets everything go that nobody holds. */
export async function collectGarbage() {
  for (let round = 0; round < 2; round++) {
    collect()
    await setImmediate()
  }
}

/** Bytes of objects and buffers that are still held. */
export async function bytesHeld() {
  await collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
