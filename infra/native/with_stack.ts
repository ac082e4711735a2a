import { spawn } from 'node:child_process'
import { NativeStack } from './native_stack.ts'
import { say } from './progress.ts'

/**
 * Runs a command with a stack beside it, and with the environment to use it: `with_stack.ts node …`.
 * The stack is one of its own, so that what a test does to it hurts nobody; it is stopped at the end unless it
 * was up before.
 */
process.env.STACK_PORT_OFFSET ||= '10000'
const [command, ...parameters] = process.argv.slice(2)

try {
  const stack = NativeStack.open(undefined, say)
  const wasUp = (await stack.status()).every(({ state }) => state === 'up')
  try {
    await stack.up()
    process.exitCode = await run({ ...process.env, ...stack.environment })
  } finally {
    if (!wasUp) await stack.down()
  }
} catch (error) {
  console.error(error instanceof Error && 'code' in error ? error.message : error)
  process.exitCode = 1
}

/** Resolves with the exit code of the command, which alone decides what a signal means. */
function run(env: NodeJS.ProcessEnv) {
  const child = spawn(command, parameters, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal))
  }
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
