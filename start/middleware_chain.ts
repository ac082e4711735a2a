import type { HttpContext } from '@adonisjs/core/http'

type Next = () => Promise<unknown>
type Respond = (error: unknown, ctx: HttpContext) => Promise<unknown>
export type Step = (ctx: HttpContext, next: any) => unknown

/**
 * Middleware that runs these one after the other, as the framework would: an error of one becomes the response
 * there, and those before it go on with that.
 */
export function chainOf(steps: Step[]) {
  return (ctx: HttpContext, next: Next, respond: Respond): Promise<unknown> => {
    const run = (index: number): Promise<unknown> => {
      if (index === steps.length) return next()
      let following: Promise<unknown> | undefined
      try {
        const result = steps[index](ctx, () => (following ??= run(index + 1)))
        if (result !== undefined && result === following) return following
        return Promise.resolve(result).catch((error) => respond(error, ctx))
      } catch (error) {
        return respond(error, ctx)
      }
    }
    return run(0)
  }
}

export type Chain = ReturnType<typeof chainOf>

/** What the framework runs instead of a route's middleware. */
export class ChainRunner {
  #next: Next = async () => {}
  #respond: (error: unknown) => Promise<unknown> = Promise.reject

  constructor(private chain: Chain) {}

  errorHandler(respond: (error: unknown) => Promise<unknown>) {
    this.#respond = respond
    return this
  }

  finalHandler(next: Next) {
    this.#next = next
    return this
  }

  run(execute: (middleware: Step, next: Next) => Promise<unknown>) {
    const next = () => this.#next().catch(this.#respond)
    return execute((ctx) => this.chain(ctx, next, this.#respond), next)
  }
}
