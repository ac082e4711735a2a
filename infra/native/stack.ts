import { parseArgs } from 'node:util'
import { renderEnvironment } from './app_environment.ts'
import { StackError } from './errors.ts'
import { NativeStack, partNames, type PartStatus } from './native_stack.ts'
import { say } from './progress.ts'

const USAGE = `The full stack on this machine, without Docker.

  npm run stack:up     [-- part …]          brings it up, and mends what is broken
  npm run stack:status                      shows every part; exit code 0 when all are up
  npm run stack:down   [-- part … --wipe]   stops it; --wipe removes its data

Parts: primary, replica-1, replica-2, haproxy, redis, kafka, connect, elasticsearch; postgres for
its three. Environment: STACK_DIR, STACK_CACHE_DIR, STACK_PORT_OFFSET, STACK_CONNECT_PLUGINS,
STACK_ELASTICSEARCH_OPTIONS (such as "-Xmx2g"), POSTGRES_PASSWORD, DATABASE_PASSWORD, REPLICATION_PASSWORD, DEBEZIUM_PASSWORD.`

const commands = {
  async up(stack: NativeStack, parts: string[]) {
    await stack.up(partNames(parts))
    say(`the environment of the application is in ${stack.environmentFile}:`)
    console.log(renderEnvironment(stack.environment).trimEnd())
  },

  async down(stack: NativeStack, parts: string[], { wipe }: { wipe: boolean }) {
    if (wipe && parts.length > 0)
      throw new StackError('--wipe removes the data of all parts and takes no names')
    await stack.down(partNames(parts))
    if (wipe) stack.wipe()
  },

  async status(stack: NativeStack) {
    const rows = await stack.status()
    console.log(table(rows))
    process.exitCode = rows.every(({ state }) => state === 'up') ? 0 : 1
  },
}

function table(rows: PartStatus[]) {
  const head = ['part', 'state', 'pid', 'port', 'memory', 'version']
  const cells = rows.map((row) => [
    row.name,
    row.state,
    `${row.pid ?? '-'}`,
    `${row.port}`,
    row.pid ? `${row.memory} MiB` : '-',
    row.version,
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => row[column].length))
  )
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { wipe: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  })
  const [name, ...parts] = positionals
  const command = Object.hasOwn(commands, name) ? commands[name as keyof typeof commands] : null
  if (values.help || !command) {
    console.log(USAGE)
    process.exitCode = values.help ? 0 : 2
  } else {
    await command(NativeStack.open(undefined, say), parts, values)
  }
} catch (error) {
  console.error(error instanceof Error && 'code' in error ? error.message : error)
  process.exitCode = 1
}
