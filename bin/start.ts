import { setTimeout as delay } from 'node:timers/promises'
import type { ApplicationService } from '@adonisjs/core/types'
import { embeddedCluster } from '#infra/database'
import { isAway } from '#replication/database_away'
import { demoHint, warnOfDemoAccounts } from './demo_accounts.js'
import { fail } from './fail.js'
import { serve } from './serve.js'

const TRY_EVERY = 1_000

const say = (line: string) => console.error(`› ${line}`)

async function prepare(app: ApplicationService) {
  const { migrate, seedWhenEmpty } = await import('#database/prepare')
  await migrate(app)
  await seedWhenEmpty(app, say)
}

/** An external database may start after the server, which reports at `/health/ready` that it is waiting. */
async function prepareWhenItAnswers(app: ApplicationService) {
  while (!app.isTerminating && !app.isTerminated) {
    await delay(TRY_EVERY)
    try {
      await prepare(app)
      return open(app)
    } catch (error: any) {
      if (!isAway(error)) return fail(error)
    }
  }
}

async function open(app: ApplicationService) {
  const { appUrl } = app.config.get<{ appUrl: string }>('app')
  console.log(`Kirana Ghar is open at ${appUrl}${await demoHint()}`)
  await warnOfDemoAccounts()
}

await serve((ignitor) =>
  ignitor.tap((app) => {
    let prepared = false
    app.starting(async () => {
      say('Bringing the tables up to date')
      try {
        await prepare(app)
        prepared = true
      } catch (error: any) {
        if (embeddedCluster() || !isAway(error)) throw error
        say(`The database does not answer (${error.message || error.code}), waiting for it`)
      }
    })
    app.ready(async () => {
      if (prepared) await open(app)
      else void prepareWhenItAnswers(app)
    })
  })
)
