import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

type Class = new (...dependencies: any[]) => Record<string, (...values: unknown[]) => unknown>
type Handle = (resolver: unknown, ...values: unknown[]) => Promise<unknown>

/** How the framework describes a middleware or a controller's action. */
interface Handler {
  reference: unknown
  method?: string
  handle: Handle
}

/** Middleware and controllers of this process. Tests that swap a dependency empty it. */
export const made = new Map<Class, InstanceType<Class>>()

/**
 * Makes every middleware and controller once: the framework makes them for each request, through the container,
 * which costs more than most of them do. So they keep nothing of a request and cannot be injected with its context.
 * Development makes them each time, because modules change there.
 */
export function makeOnce() {
  if (app.inDev) return
  for (const middleware of server.getMiddlewareList()) keep(middleware as Handler)
  const commit = router.commit.bind(router)
  router.commit = () => {
    commit()
    for (const { handler, middleware } of Object.values(router.toJSON()).flat()) {
      for (const one of middleware.all()) keep(one as Handler)
      keep(handler as Handler)
    }
  }
}

function keep(handler: Handler | Function) {
  if (typeof handler === 'function') return
  const { method = 'handle' } = handler
  const [reference] = [handler.reference].flat() as [() => Promise<{ default: Class }>]
  let known: Class | undefined
  const load = async () => {
    known ??= (await reference()).default
    const object = await app.container.make(known)
    made.set(known, object)
    return object
  }
  handler.handle = async (_, ...values) => {
    const object = (known && made.get(known)) ?? (await load())
    return object[method](...values)
  }
}
