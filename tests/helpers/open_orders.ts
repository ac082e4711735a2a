import config from '@adonisjs/core/services/config'

const KEY = 'orders.openOrders'
let usual: number | undefined

/** Most tests place any number of orders. */
export function allowManyOrders() {
  usual ??= config.get<number>(KEY)
  config.set(KEY, 1_000)
}

/** Applies the configured limit until the test ends. */
export function allowUsualOrders() {
  config.set(KEY, usual)
  return allowManyOrders
}
