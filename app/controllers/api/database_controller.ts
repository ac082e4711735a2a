import { inject } from '@adonisjs/core'
import { answer } from '#api/answer'
import { DataPlane } from '#replication/data_plane'
import type { HttpContext } from '@adonisjs/core/http'

/** Which database servers answer, for admins. */
@inject()
export default class DatabaseController {
  constructor(private dataPlane: DataPlane) {}

  async show(ctx: HttpContext) {
    const { username, role } = ctx.auth.user!
    return answer(ctx, { user: { username, role }, ...(await this.dataPlane.servers()) })
  }
}
