import type { ApplicationService } from '@adonisjs/core/types'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { DEMO_PASSWORD, DEMO_SIZE } from '#database/demo/options'
import { createProgressPace, progressLine } from '#database/demo/progress'
import { seedDemoOrders } from '#database/demo/orders'
import { isUntouched, runDemoSeed } from '#database/demo/run'

const MIGRATIONS = 'migrations'

/** Brings the tables up to date. Several processes may do this at once: they take turns. */
export async function migrate(app: ApplicationService) {
  const db = await app.container.make('lucid.db')
  const runner = new MigrationRunner(db, app, { direction: 'up', connectionName: MIGRATIONS })
  try {
    await runner.run()
  } finally {
    await db.manager.close(MIGRATIONS)
  }
  if (runner.error) throw runner.error
}

/** Fills a marketplace that nobody has an account in yet with demo data, unless it was removed there. */
export async function seedWhenEmpty(app: ApplicationService, say: (line: string) => void) {
  const db = await app.container.make('lucid.db')
  if (!(await isUntouched(db))) return
  say('Filling the marketplace with demo data')
  const hash = await app.container.make('hash')
  const isDue = createProgressPace(1_000)
  await runDemoSeed({ db, hash }, { ...DEMO_SIZE, password: DEMO_PASSWORD }, (progress) => {
    if (isDue(progress)) say(`  ${progressLine(progress)}`)
  })
  await seedDemoOrders()
}
