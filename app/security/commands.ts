import type { BaseCommand } from '@adonisjs/core/ace'
import SecurityEvent from '#events/security_event'

/** Read-only commands; all others are logged. */
export const LOOKS = [
  'connectors:status',
  'data:status',
  'list:routes',
  'migration:status',
  'search:report',
]

/** Logs a command with its option names, without values: they may be passwords. */
export async function noteCommand(command: BaseCommand) {
  const { commandName } = command.constructor as typeof BaseCommand
  if (LOOKS.includes(commandName)) return
  const { flags } = (command as unknown as { parsed: { flags: object } }).parsed
  const options = Object.keys(flags)
  const failed = Boolean(command.exitCode)
  await SecurityEvent.dispatch('command.executed', { command: commandName, options, failed })
}
