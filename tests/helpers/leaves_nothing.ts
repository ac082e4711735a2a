import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { signalProcess } from '#infra/embedded_postgres/processes'
import { eventually } from '#tests/helpers/eventually'
import { NpmCommand } from '#tests/helpers/npm_command'

const LONG = 60_000
/** Time allowed for every way to run and stop it, in milliseconds. */
const ALLOWED = 8_000

/** How far the command has got when it receives the signal. */
const MOMENTS = {
  'while npm itself starts': async () => delay(300),
  'while the database starts': async (command: NpmCommand) => {
    await eventually(() => {
      if (!command.output.includes('Starting PostgreSQL')) throw new Error(command.output)
    }, LONG)
  },
  'as soon as it is open': async (command: NpmCommand) => {
    await untilReady(command)
    await delay(200)
  },
  'with the primary frozen': async (command: NpmCommand) => {
    await untilReady(command)
    command.freezePrimary()
    await delay(500)
  },
}

async function untilReady(command: NpmCommand) {
  await eventually(async () => {
    if (!(await command.isReady())) throw new Error(command.output)
  }, LONG)
}

/** A development server regenerates files and may be killed while doing so. */
function keepGenerated() {
  const generated = app.makePath('.adonisjs')
  const kept = mkdtempSync(join(tmpdir(), 'kirana-generated-'))
  cpSync(generated, kept, { recursive: true })
  return () => {
    cpSync(kept, generated, { recursive: true })
    rmSync(kept, { recursive: true })
  }
}

interface Case {
  /** Arguments of `npm`. */
  words: string[]
  signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'
  receiver: 'npm' | 'node'
  moment: keyof typeof MOMENTS
}

/** A test that signals the real command and checks for leftover processes. */
export function leavesNothing({ words, signal, receiver, moment }: Case, dataDirectory: string) {
  const title = `npm ${words.join(' ')} leaves nothing after ${signal} to ${receiver} ${moment}`
  test(title, async ({ assert }) => {
    const putBack = keepGenerated()
    const command = await NpmCommand.run(words, dataDirectory)
    try {
      await MOMENTS[moment](command)
      signalProcess(receiver === 'npm' ? command.npmPid : command.nodePid, signal)
      assert.deepEqual(await command.leftAfter(ALLOWED), [], command.output)
    } finally {
      command.kill()
      putBack()
    }
  })
    .timeout(120_000)
    .skip(process.platform !== 'linux', 'it reads /proc')
}
