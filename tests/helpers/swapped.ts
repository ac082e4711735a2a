import app from '@adonisjs/core/services/app'
import { made } from '#start/made_once'

/** Replaces what middleware and controllers are made with. @returns a function that undoes it */
export function swapped<T extends abstract new (...values: any[]) => any>(
  type: T,
  make: () => InstanceType<T> | Promise<InstanceType<T>>
) {
  app.container.swap(type as any, make)
  made.clear()
  return () => {
    app.container.restore(type as any)
    made.clear()
  }
}
