import config from '@adonisjs/core/services/config'

const KEY = 'orders.openOrders'
let usual: number | undefined

/** Most tests place as many orders as they like. */
export function allowManyOrders() {
  usual ??= config.get<number>(KEY)
  config.set(KEY, 1_000)
}

/** As many as the settings say, until the test has ended. */
export function allowUsualOrders() {
  config.set(KEY, usual)
  return allowManyOrders
}
