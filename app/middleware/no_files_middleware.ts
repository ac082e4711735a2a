import config from '@adonisjs/core/services/config'
import { isApiAddress } from '#api/is_api'
import { UnsupportedMediaType } from '#exceptions/unsupported_media_type'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Uploads are accepted only by routes listed in `config/bodyparser.ts` and rejected unread elsewhere. */
export default class NoFilesMiddleware {
  handle({ request, route }: HttpContext, next: NextFn) {
    const { pattern } = route!
    const takesFiles = config.get<string[]>('bodyparser.multipart.processManually')
    const hasFiles = request.is(['multipart/form-data'])
    if (hasFiles && !isApiAddress(pattern) && !takesFiles.includes(pattern)) {
      throw new UnsupportedMediaType('Files are not accepted here')
    }
    return next()
  }
}
