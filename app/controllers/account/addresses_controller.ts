import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { ADDRESS_FIELDS, addressTexts } from '#edits/texts'
import { once } from '#forms/once'
import Address from '#models/address'
import { partsOfAddress } from '#models/address_text'
import { addressValidator, addressValues } from '#validators/address'
import { reportFull } from '#validators/report_full'

/** Where the user has orders delivered. */
export default class AddressesController {
  async index(ctx: HttpContext) {
    const addresses = await ctx.own.read((client) => Address.of(ctx.auth.user!, client))
    return ctx.view.render('pages/account/addresses/index', {
      addresses: addresses.map(({ details }) => details),
    })
  }

  async create(ctx: HttpContext) {
    return ctx.page('pages/account/addresses/create', 'partials/account/addresses/form', {
      address: null,
      ...(ctx.own.isLook ? { values: await this.#first(ctx) } : {}),
    })
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, request, response } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const values = addressValues(await request.validateUsing(addressValidator))
    await reportFull('address', ctx, () =>
      once(ctx, values, async (client) => {
        const { id } = await Address.add(auth.user!, values, client)
        return { id }
      })
    )
    ctx.flash(i18n.t('addresses.saved'))
    response.redirect().status(303).toRoute('account.addresses.index')
  }

  async edit(ctx: HttpContext, edit = addressEdit(ctx)) {
    const { auth, own, params } = ctx
    const address = await own.read((client) => auth.user!.findAddress(params.id, client))
    return ctx.page('pages/account/addresses/edit', 'partials/account/addresses/form', {
      address: address.details,
      ...edit.state(addressTexts(address)),
    })
  }

  async update(ctx: HttpContext) {
    const { auth, i18n, params, request, response } = ctx
    const edit = addressEdit(ctx)
    const address = await auth.user!.findAddress(params.id)
    ctx.whenInvalid(() => this.edit(ctx, edit))
    const data = edit.over(addressTexts(address))
    const fields = addressValues(await request.validateUsing(addressValidator, { data }))
    const { label, line, landmark, city, pinCode, mobile } = fields
    const values = {
      label: { label },
      address: { line },
      landmark: { landmark },
      city: { city },
      pin_code: { pinCode },
      mobile: { mobile },
    }
    await locked(Address.query().where('id', address.id), (row) =>
      edit.apply(row, addressTexts, values, i18n)
    )
    ctx.flash(i18n.t('addresses.saved'))
    response.redirect().status(303).toRoute('account.addresses.index')
  }

  async destroy({ auth, flash, i18n, params, response }: HttpContext) {
    const address = await auth.user!.findAddress(params.id)
    await address.remove()
    flash(i18n.t('addresses.removed'))
    response.redirect().status(303).toRoute('account.addresses.index')
  }

  /** The address of the account is the first one that comes to mind. */
  async #first({ auth, own }: HttpContext) {
    const user = auth.user!
    const { mobile } = user
    const known = await own.read((client) => Address.of(user, client).first())
    if (known) return { mobile }
    const { line: address, pinCode } = partsOfAddress(user.address)
    return { address, pin_code: pinCode, mobile }
  }
}

function addressEdit({ request }: HttpContext) {
  return new Edit(ADDRESS_FIELDS, request.body())
}
