import { test } from '@japa/runner'
import type { HttpContext } from '@adonisjs/core/http'
import { chainOf, ChainRunner, type Step } from '#start/middleware_chain'

const ctx = {} as HttpContext

/** Runs middleware with a name; what happens is written down. */
async function run(
  steps: Step[],
  done: string[],
  last = async (): Promise<unknown> => done.push('page')
) {
  const respond = async (error: unknown) => done.push(`error ${(error as Error).message}`)
  const runner = new ChainRunner(chainOf(steps)).errorHandler(respond).finalHandler(last)
  await runner.run((middleware, next) => middleware(ctx, next) as Promise<unknown>)
  return done
}

const around =
  (name: string, done: string[]): Step =>
  async (_, next) => {
    done.push(`before ${name}`)
    await next()
    done.push(`after ${name}`)
  }

const passing: Step = (_, next) => next()

test.group('Middleware as one chain', () => {
  test('runs in order, and the page once', async ({ assert }) => {
    const done: string[] = []

    await run([around('a', done), passing, around('b', done)], done)

    assert.deepEqual(done, ['before a', 'before b', 'page', 'after b', 'after a'])
  })

  test('an error becomes the response where it happens, and those before go on', async ({
    assert,
  }) => {
    for (const failing of [
      () => {
        throw new Error('now')
      },
      async () => {
        throw new Error('now')
      },
    ]) {
      const done: string[] = []

      await run([around('a', done), failing, around('b', done)], done)

      assert.deepEqual(done, ['before a', 'error now', 'after a'])
    }
  })

  test('an error of the page reaches no middleware', async ({ assert }) => {
    const done: string[] = []

    await run([around('a', done), passing], done, async () => {
      throw new Error('page')
    })

    assert.deepEqual(done, ['before a', 'error page', 'after a'])
  })

  test('an error after the page becomes the response too', async ({ assert }) => {
    const done: string[] = []
    const late: Step = async (_, next) => {
      await next()
      throw new Error('late')
    }

    await run([around('a', done), late], done)

    assert.deepEqual(done, ['before a', 'page', 'error late', 'after a'])
  })

  test('what calls next twice runs the page once', async ({ assert }) => {
    const done: string[] = []

    await run([async (_, next) => [await next(), await next()]], done)

    assert.deepEqual(done, ['page'])
  })

  test('middleware that answers by itself ends the chain', async ({ assert }) => {
    const done: string[] = []

    await run([around('a', done), () => 'answer'], done)

    assert.deepEqual(done, ['before a', 'after a'])
  })
})
