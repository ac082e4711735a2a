import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { defineConfig as bodyParser } from '@adonisjs/core/bodyparser'
import { defineConfig as encryption, drivers } from '@adonisjs/core/encryption'
import { defineConfig as hash, drivers as hashers } from '@adonisjs/core/hash'
import { defineConfig as http } from '@adonisjs/core/http'

const made = new Map<number, Buffer>()

function bytes(count: number) {
  if (!made.has(count)) made.set(count, Buffer.alloc(count, 'a'))
  return made.get(count)
}

/**
 * The framework with nothing of ours: a route behind the body parser, as a measure of this machine, and one
 * that sends as many bytes as it is asked for, as a measure of its sockets. It listens at PORT.
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
      router.get('/bytes/:count', ({ params, response }) => {
        response.header('Content-Type', 'application/json; charset=utf-8')
        response.send(bytes(Number(params.count)))
      })
    })
  })
  .httpServer()
  .start()
