import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { QuietLog } from '#replication/quiet_log'
import { defineConfig, syncDestination, targets } from '@adonisjs/core/logger'

const quiet = new QuietLog()

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
      destination: app.inProduction ? undefined : await syncDestination(),
      transport: { targets: [targets.file({ destination: 1 })] },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
