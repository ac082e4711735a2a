import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import router from '@adonisjs/core/services/router'
import { describeApi } from '#api/openapi'
import type { HttpContext } from '@adonisjs/core/http'

const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** The OpenAPI document as JSON, and Swagger UI to try it. */
export default class ApiDocumentsController {
  static #text: string | null = null

  async show({ response }: HttpContext) {
    ApiDocumentsController.#text ??= JSON.stringify(describeApi(router.toJSON().root))
    response.header('Content-Type', 'application/json; charset=utf-8')
    response.send(ApiDocumentsController.#text, true)
  }

  async page({ view }: HttpContext) {
    return view.render('pages/api_documents/show')
  }

  /** Swagger UI's assets, served from this host. */
  async file({ params, response }: HttpContext) {
    response.header('Cache-Control', 'public, max-age=86400')
    response.download(join(SWAGGER_UI, params.file), true)
  }
}
