import { serve } from './serve.js'
import { warnOfDemoAccounts } from './demo_accounts.js'

await serve((ignitor) => ignitor.tap((app) => app.ready(() => void warnOfDemoAccounts())))
