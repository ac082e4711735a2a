import type { BaseCommand } from '@adonisjs/core/ace'
import SecurityEvent from '#events/security_event'

/** Commands that look and change nothing; every other one is noted. */
export const LOOKS = [
  'connectors:status',
  'data:status',
  'list:routes',
  'migration:status',
  'search:report',
]

/** Tells the security log of a command, with the names of its options: a value may be a password. */
export async function noteCommand(command: BaseCommand) {
  const { commandName } = command.constructor as typeof BaseCommand
  if (LOOKS.includes(commandName)) return
  const { flags } = (command as unknown as { parsed: { flags: object } }).parsed
  const options = Object.keys(flags)
  const failed = Boolean(command.exitCode)
  await SecurityEvent.dispatch('command.executed', { command: commandName, options, failed })
}
