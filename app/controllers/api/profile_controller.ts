import { answerShared } from '#api/answer'
import { transformUser } from '#transformers/user_transformer'
import type { HttpContext } from '@adonisjs/core/http'

export default class ProfileController {
  async show(ctx: HttpContext) {
    answerShared(ctx, ctx.auth.user!, transformUser)
  }
}
