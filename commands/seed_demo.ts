import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { LOGINS } from '#database/demo/generator'
import {
  DEMO_PASSWORD,
  DEMO_SIZE,
  InvalidDemoOptionException,
  parseDemoPassword,
  parseDemoSize,
} from '#database/demo/options'
import { createProgressPace, progressLine } from '#database/demo/progress'
import { seedDemoOrders } from '#database/demo/orders'
import { runDemoSeed } from '#database/demo/run'
import { isUntouched } from '#database/demo/untouched'
import { demoWarning } from '#demo/at_start'
import User from '#models/user'
import type { SeedProgress, SeedReport, SeedTable } from '#database/demo/seeder'

const AMONG_REAL_PEOPLE =
  'There are accounts of real people here, who will find demo shops among their own. ' +
  'Remove those with: node ace demo:remove'

export default class SeedDemo extends BaseCommand {
  static commandName = 'seed:demo'
  static description = 'Fill the database with owners, customers, shops and products to try it with'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Existing data is kept, so the command can be repeated, also with larger numbers.',
    'The same seed creates the same people, shops and products on every machine.',
    '',
    'A million products: {{ binaryName }} seed:demo --owners=2500 --shops-per-owner=4 --products-per-shop=100',
  ]

  @flags.string({ description: `Owners, "owner" among them (${DEMO_SIZE.owners})` })
  declare owners?: string

  @flags.string({ description: `Customers, "customer" among them (${DEMO_SIZE.customers})` })
  declare customers?: string

  @flags.string({ description: `Shops of each owner (${DEMO_SIZE.shopsPerOwner})` })
  declare shopsPerOwner?: string

  @flags.string({ description: `Products of each shop (${DEMO_SIZE.productsPerShop})` })
  declare productsPerShop?: string

  @flags.string({ description: `Password of the new accounts (${DEMO_PASSWORD})` })
  declare password?: string

  @flags.string({ description: `Random seed, a whole number (${DEMO_SIZE.seed})` })
  declare seed?: string

  @flags.boolean({ description: 'Do nothing when any account exists, or demo data was removed' })
  declare ifEmpty: boolean

  async run() {
    const options = this.#readFlags()
    if (!options) return
    const db = await this.app.container.make('lucid.db')
    const hash = await this.app.container.make('hash')
    if (this.ifEmpty && !(await isUntouched(db))) {
      this.logger.info('Accounts exist already, or demo data was removed: nothing was created')
      return
    }
    if (await User.query().where('is_demo', false).first()) this.logger.warning(AMONG_REAL_PEOPLE)
    const report = await runDemoSeed({ db, hash }, options, this.#progress())
    this.logger.logUpdatePersist()
    this.#tell(report, options.password)
    const orders = await seedDemoOrders()
    if (orders > 0) this.logger.success(`orders: ${orders} created`)
    const warning = await demoWarning()
    if (warning) this.logger.warning(warning)
  }

  #readFlags() {
    try {
      return { ...parseDemoSize(this), password: parseDemoPassword(this.password) }
    } catch (error) {
      if (!(error instanceof InvalidDemoOptionException)) throw error
      this.logger.error(error.message)
      this.exitCode = 1
    }
  }

  #progress() {
    if (process.stdout.isTTY) {
      return (progress: SeedProgress) => this.logger.logUpdate(progressLine(progress))
    }
    const isDue = createProgressPace()
    return (progress: SeedProgress) => {
      if (isDue(progress)) this.logger.log(progressLine(progress))
    }
  }

  #tell(report: SeedReport, password: string) {
    for (const table of ['users', 'shops', 'products'] as SeedTable[]) {
      const { made, alreadyThere } = report[table]
      this.logger.success(
        `${table}: ${format(made)} created, ${format(alreadyThere)} already present`
      )
    }
    for (const username of report.takenUsernames) {
      this.logger.warning(`"${username}" belongs to a customer, so its demo shops were skipped`)
    }
    const pace = report.products.made && `, ${format(report.productsPerSecond)} products a second`
    this.logger.info(`${report.seconds.toFixed(1)} s${pace || ''}`)
    for (const { username, fullName } of Object.values(LOGINS)) {
      const kept = report.keptLogins.includes(username)
      const secret = kept ? 'whose password is as it was' : `password ${password}`
      this.logger.info(`Log in as "${username}" (${fullName}), ${secret}`)
    }
  }
}

function format(number: number) {
  return number.toLocaleString('en-IN')
}
