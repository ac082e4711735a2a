import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { QuietLog } from '#replication/quiet_log'
import { defineConfig, destination, syncDestination } from '@adonisjs/core/logger'

const quiet = new QuietLog()

/** Without the thread of a transport, which takes 14 MB. */
function toStdout() {
  return destination({ dest: 1, sync: false })
}

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'kirana-ghar',
      level: env.get('LOG_LEVEL'),
      hooks: {
        logMethod(line, method) {
          const passed = quiet.pass(line as Parameters<QuietLog['pass']>[0])
          if (passed) method.apply(this, passed as Parameters<typeof method>)
        },
      },
      destination: app.inProduction ? toStdout() : await syncDestination(),
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
