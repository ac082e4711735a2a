import type { HttpContext } from '@adonisjs/core/http'
import { madeOf } from '#caches/made_of'
import markup from '#config/markup'
import { citiesFor, cityNameIn } from '#markup/city_names'
import { HTML } from '#markup/encoded_body'
import { KeptMarkup } from '#markup/kept_markup'
import { Markup } from '#markup/markup'
import { Personal, type PersonalParts } from '#markup/personal'
import { impersonal } from '#markup/rendering'
import { hasInlineStyles } from '#public_files/inline_styles'

/** A page that shows the same to everybody, except in its holes. */
export interface Shown {
  /** Id of the person who alone is shown this, or undefined. */
  whose?: string
  /** What the caches gave, and words that depend on the time: everything that `state` is made of. */
  from: unknown[]
  /** The validated query. */
  asked?: object
  /** The PIN code that it was made for, where it depends on one. */
  near?: string | null
  /** What its holes show to the person, beside what every page knows of them. */
  personal?: PersonalParts
  /** Whether asking for it does more than show it, so that each request has to come here. */
  isCounted?: boolean
  /** The state of the templates; asked for only when something has to be rendered. */
  state(): Record<string, unknown>
}

/** With the names of cities, which any page may show. */
interface ShownWithCities extends Shown {
  cityName(city: string): string
}

const kept = new KeptMarkup(markup.bytes)

/**
 * Renders the page, or under htmx the section that it includes, unless that has been done for the same objects. The
 * templates know nothing of the person but the role. Compressed forms of what a guest gets are kept too.
 */
export async function keptPage(
  ctx: HttpContext,
  page: string,
  section: string | null,
  { from, ...rest }: Shown
) {
  const cities = await citiesFor(ctx)
  const cityName = cityNameIn(ctx.i18n.locale, cities)
  const shown = { ...rest, from: [...from, cities], cityName }
  const rendered = await (ctx.isFragment && section
    ? sectionOf(ctx, section, shown)
    : pageOf(ctx, page, section, shown))
  const personal = new Personal(ctx, shown.personal)
  if (!rendered.isComplete && (rendered.isForOne || !personal.isNobody)) {
    ctx.response.header('Content-Type', HTML)
    return rendered.filled(personal.fill)
  }
  const body = rendered.whole(personal.fill)
  ctx.response.header('ETag', body.etag)
  ctx.madeOf = shown.isCounted ? null : madeOf(shown.from, ctx.clock)
  return body
}

function pageOf(ctx: HttpContext, page: string, section: string | null, shown: ShownWithCities) {
  const { auth, i18n, request } = ctx
  const path = request.url(true)
  const role = auth.user?.role ?? 'guest'
  const inline = hasInlineStyles(ctx)
  const key = [page, i18n.locale, role, inline, shown.whose, shown.near, path].join(' ')
  return kept.get(key, shown.from, async () => {
    const frame = await render(ctx, page, shown, { inline, role })
    if (!section || !frame.has('section')) return frame
    return frame.around(await sectionOf(ctx, section, shown))
  })
}

function sectionOf(ctx: HttpContext, section: string, shown: ShownWithCities) {
  const { i18n, isFragment: fragment, params } = ctx
  const what = JSON.stringify([shown.whose, shown.near, params, shown.asked])
  const key = `${section} ${i18n.locale} ${fragment ? 'fragment' : 'part'} ${what}`
  return kept.get(key, shown.from, () => render(ctx, section, shown, { fragment }))
}

async function render(
  { i18n, request }: HttpContext,
  template: string,
  { state, cityName }: ShownWithCities,
  { fragment = false, inline = false, role = 'guest' }
) {
  const user = role === 'guest' ? null : { isShopowner: role === 'shopowner', role }
  const renderer = impersonal(i18n, { path: request.url(true), user, cityName, inline })
  return Markup.of(await renderer.render(template, { ...state(), fragment }))
}
