import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { once } from '#forms/once'
import { khataRefusal } from '#responses/khata_refusal'

/** Tells the owner the new code. A form that is sent again gets the same code, which is stored encrypted. */
export async function tellKhataCode(
  ctx: HttpContext,
  content: object,
  make: (client: TransactionClientContract) => Promise<string>
) {
  let sealed = ''
  const refusal = await khataRefusal(async () => {
    const made = await once(ctx, content, async (client) => {
      return { sealed: encryption.encrypt(await make(client)) }
    })
    sealed = made.sealed
  })
  if (refusal) return ctx.flash(ctx.i18n.t(refusal), 'error')
  ctx.flash(ctx.i18n.t('khata.code_made', { code: encryption.decrypt<string>(sealed)! }))
}
