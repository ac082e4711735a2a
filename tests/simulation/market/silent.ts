import type { Logger } from '@adonisjs/core/logger'

const nothing = () => {}

/** Logs nothing. */
export const silent = {
  ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
} as unknown as Logger
