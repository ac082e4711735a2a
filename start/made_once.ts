import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import { chainOf, ChainRunner, type Step } from '#start/middleware_chain'
import type { ExceptionHandler, HttpContext } from '@adonisjs/core/http'
import type { MiddlewareAsClass } from '@adonisjs/core/types/http'

type Class = new (...dependencies: any[]) => Record<string, (...values: unknown[]) => unknown>
type LazyImport<T> = () => Promise<{ default: T }>

/** How the framework describes a middleware or a controller's action. */
interface Handler {
  reference: unknown
  method?: string
  args?: unknown
  handle: (resolver: unknown, ctx: HttpContext) => Promise<unknown>
}

/** Middleware and controllers of this process. Tests that swap a dependency empty it. */
export const made = new Map<Class, InstanceType<Class>>()

/**
 * Middleware and controllers are made once. The framework makes them for each request, through the container, and
 * runs each middleware through several promises, which costs more than most of them do. So they keep nothing of a
 * request and cannot be injected with its context. Development makes them each time, because modules change there.
 */
export function makeRoutesOnce() {
  if (app.inDev) return
  const commit = router.commit.bind(router)
  router.commit = () => {
    commit()
    for (const { handler, middleware } of Object.values(router.toJSON()).flat()) {
      const chain = chainOf([...middleware.all()].map((one) => stepOf(one as Handler | Step)))
      Object.assign(middleware, { runner: () => new ChainRunner(chain) })
      if (typeof handler !== 'function') makeOnce(handler as Handler)
    }
  }
}

/** `server.use`, with all middleware as one. */
export function useOnce(list: LazyImport<MiddlewareAsClass>[]) {
  if (app.inDev) return server.use(list)
  const chain = chainOf(list.map((reference) => stepOf({ reference })))
  server.use([list[0]])
  const [only] = server.getMiddlewareList()
  only.handle = async (_, ctx, next) => chain(ctx, next, respond)
}

function makeOnce(handler: Handler) {
  const call = callOf(handler)
  handler.handle = async (_, ctx) => call(ctx)
}

function stepOf(one: Omit<Handler, 'handle'> | Step): Step {
  if (typeof one === 'function') return one
  const call = callOf(one)
  return (ctx, next) => call(ctx, next, one.args)
}

function callOf({ reference, method = 'handle' }: Omit<Handler, 'handle'>) {
  const [load] = [reference].flat() as [LazyImport<Class>]
  let known: Class | undefined
  const make = async () => {
    known ??= (await load()).default
    made.set(known, await app.container.make(known))
    return made.get(known)!
  }
  return (...values: unknown[]) => {
    const object = known && made.get(known)
    return object ? object[method](...values) : make().then((one) => one[method](...values))
  }
}

let handler: Promise<ExceptionHandler> | undefined

/** As the framework does, which keeps its own to itself. */
async function respond(error: unknown, ctx: HttpContext) {
  handler ??= import('#responses/exception_handler').then(({ default: type }) =>
    app.container.make(type)
  )
  const ours = await handler
  await ours.report(error, ctx)
  return ours.handle(error, ctx)
}
