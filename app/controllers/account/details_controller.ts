import i18nManager from '@adonisjs/i18n/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { ACCOUNT_FIELDS, accountTexts } from '#edits/texts'
import User from '#models/user'
import { chooseLocale } from '#locale/chosen_locale'
import { detailsValidator } from '#validators/user'

export default class DetailsController {
  async show(ctx: HttpContext, edit = detailsEdit(ctx)) {
    const texts = accountTexts(ctx.auth.user!, ctx.i18n)
    return ctx.page('pages/account/show', 'partials/account/details', edit.state(texts))
  }

  async update(ctx: HttpContext) {
    const { auth, i18n, request, response } = ctx
    const edit = detailsEdit(ctx)
    ctx.whenInvalid(() => this.show(ctx, edit))
    const data = edit.over(accountTexts(auth.user!, i18n))
    const { full_name: fullName, ...payload } = await request.validateUsing(detailsValidator, {
      data,
    })
    const { address, mobile, locale } = payload
    const values = {
      full_name: { fullName },
      address: { address },
      mobile: { mobile },
      locale: { locale },
    }
    const nameOf = (field: string, text: string) => {
      return field === 'locale' ? i18n.t(`account.locale_${text}`) : text
    }
    const user = await locked(User.query().where('id', auth.user!.id), (row) => {
      edit.apply(row, (found) => accountTexts(found, i18n), values, i18n, nameOf)
    })
    if (user.locale) chooseLocale(ctx, user.locale)
    ctx.flash(i18nManager.locale(user.locale ?? i18n.locale).t('account.saved'))
    response.redirect().status(303).toRoute('account.show')
  }
}

function detailsEdit({ request }: HttpContext) {
  return new Edit(ACCOUNT_FIELDS, request.body())
}
