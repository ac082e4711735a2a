import type { ApplicationService } from '@adonisjs/core/types'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { isUntouched } from '#database/demo/untouched'

const MIGRATIONS = 'migrations'

/** Runs pending migrations. Safe to run concurrently: processes take turns. */
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

/** Seeds demo data into an empty marketplace, unless it was removed before. */
export async function seedWhenEmpty(app: ApplicationService, say: (line: string) => void) {
  const db = await app.container.make('lucid.db')
  if (!(await isUntouched(db))) return
  // Its catalogue would stay in the server's memory.
  const { DEMO_PASSWORD, DEMO_SIZE } = await import('#database/demo/options')
  const { createProgressPace, progressLine } = await import('#database/demo/progress')
  const { seedDemoOrders } = await import('#database/demo/orders')
  const { runDemoSeed } = await import('#database/demo/run')
  say('Filling the marketplace with demo data')
  const hash = await app.container.make('hash')
  const isDue = createProgressPace(1_000)
  await runDemoSeed({ db, hash }, { ...DEMO_SIZE, password: DEMO_PASSWORD }, (progress) => {
    if (isDue(progress)) say(`  ${progressLine(progress)}`)
  })
  await seedDemoOrders()
}
