import router from '@adonisjs/core/services/router'
import { describeApi } from '#api/openapi'
import type { HttpContext } from '@adonisjs/core/http'

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
}
