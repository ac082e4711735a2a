import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { defineConfig as bodyParser } from '@adonisjs/core/bodyparser'
import { defineConfig as encryption, drivers } from '@adonisjs/core/encryption'
import { defineConfig as hash, drivers as hashers } from '@adonisjs/core/hash'
import { defineConfig as http, type HttpContext } from '@adonisjs/core/http'
import { bareApi } from './bare_api.ts'

const made = new Map<number, Buffer>()

function bytes(count: number) {
  if (!made.has(count)) made.set(count, Buffer.alloc(count, 'a'))
  return made.get(count)
}

function sendBytes({ params, response }: HttpContext) {
  response.header('Content-Type', 'application/json; charset=utf-8')
  response.send(bytes(Number(params.count)))
}

/**
 * Baselines without our code, at PORT: a route behind the body parser; a route that sends a given number of bytes;
 * and the same route for requests with the token from `/token`.
 */
await new Ignitor(new URL('./', import.meta.url), { importer: (path) => import(path) })
  .tap((app) => {
    app.rcContents({
      providers: [
        () => import('@adonisjs/core/providers/app_provider'),
        () => import('@adonisjs/core/providers/hash_provider'),
      ],
    })
    app.useConfig({
      app: { http: http({}) },
      bodyparser: bodyParser({}),
      encryption: encryption({
        default: 'app',
        list: { app: drivers.aes256gcm({ id: 'app', keys: ['0123456789abcdef0123456789abcdef'] }) },
      }),
      hash: hash({ default: 'scrypt', list: { scrypt: hashers.scrypt({}) } }),
      logger: { default: 'app', loggers: { app: { enabled: false } } },
    })
    app.starting(async () => {
      const router = await app.container.make('router')
      router.use([() => import('@adonisjs/core/bodyparser_middleware')])
      router.get('/', () => ({ hello: 'world' }))
      router.get('/bytes/:count', sendBytes)
      const { token, handle } = await bareApi(app)
      router.get('/token', () => token)
      router.get('/api/bytes/:count', sendBytes).use(handle)
    })
  })
  .httpServer()
  .start()
