import { createHttpServer } from './http_server.js'
import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'
import { warnOfDemoAccounts } from './demo_accounts.js'

createIgnitor()
  .tap((app) => app.ready(() => void warnOfDemoAccounts()))
  .httpServer()
  .start(createHttpServer)
  .catch(fail)
