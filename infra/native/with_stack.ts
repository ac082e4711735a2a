import { spawn } from 'node:child_process'
import { NativeStack } from './native_stack.ts'
import { say } from './progress.ts'

/**
 * Runs a command with a stack and its environment: `with_stack.ts node …`. It is a separate stack, so that tests
 * can disturb it safely; it is stopped at the end unless it was already up.
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

/** Resolves with the exit code of the command, which decides how to handle signals. */
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
