import { DEMO_PASSWORD } from '#database/demo/options'
import { createHttpServer } from './http_server.js'
import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

const say = (line: string) => console.error(`› ${line}`)

createIgnitor()
  .tap((app) => {
    app.starting(async () => {
      const { migrate, seedWhenEmpty } = await import('#database/prepare')
      say('Bringing the tables up to date')
      await migrate(app)
      await seedWhenEmpty(app, say)
    })
    app.ready(async () => {
      const { appUrl } = app.config.get<{ appUrl: string }>('app')
      console.log(
        `Kirana Ghar is open at ${appUrl} (log in as "customer" or "owner", demo password ${DEMO_PASSWORD})`
      )
    })
  })
  .httpServer()
  .start(createHttpServer)
  .catch(fail)
