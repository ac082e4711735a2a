import app from '@adonisjs/core/services/app'
import edge from 'edge.js'
import { HttpContext } from '@adonisjs/core/http'
import { LanguageSwitched } from '#locale/language_switched'
import { rupeesText, withPaise } from '#locale/rupees'
import { baseUnitOf } from '#measures/price_units'
import { readBaseAmount } from '#measures/base_amount'
import { GST_RATES, gstRateText } from '#numbers/gst_rate'
import { TAX_SCHEMES } from '#bills/tax_scheme'
import { AREA_KINDS } from '#delivery/delivery_area'
import { linkedData } from '#pages/linked_data'
import { stockText } from '#measures/stock'
import { STANDARD_TEXTS } from '#measures/written_amount'
import { whatsappLink } from '#pages/whatsapp_link'
import { compileOnce } from '#markup/compile_once'
import { keptPage } from '#markup/kept_page'
import { RequestView } from '#markup/request_view'
import { inlineStyle } from '#public_files/inline_styles'
import { siteFiles } from '#public_files/site_files'

HttpContext.getter(
  'view',
  function (this: HttpContext) {
    return new RequestView(this) as unknown as HttpContext['view']
  },
  true
)

HttpContext.getter('isFragment', function (this: HttpContext) {
  return this.request.header('hx-request-type') === 'partial'
})

HttpContext.macro('page', function (this: HttpContext, template, partial, state = {}) {
  this.response.vary(['HX-Request-Type', 'Page-Language'])
  return this.isFragment
    ? this.view.render(partial, { ...state, fragment: true })
    : this.view.render(template, { ...state, fragment: false })
})

HttpContext.macro('keptPage', function (this: HttpContext, template, partial, shown) {
  this.response.vary(['HX-Request-Type', 'Page-Language'])
  return keptPage(this, template, partial, shown)
})

HttpContext.macro('whenInvalid', function (this: HttpContext, render) {
  this.renderInvalid = render
  if (this.isSwitched) throw new LanguageSwitched()
})

/** Indentation is for us: browsers would download it. */
edge.processor.process('raw', ({ raw }) => raw.replace(/^[^\S\n]+/gm, ''))

edge.global('asset', (name: string) => siteFiles().address(name))
edge.global('inlineStyle', inlineStyle)
edge.global('offlinePages', app.config.get('static.serviceWorker') ? 'on' : 'off')
edge.global('whatsappLink', whatsappLink)
edge.global('linkedData', linkedData)
edge.global('readBaseAmount', readBaseAmount)
edge.global('withPaise', withPaise)
edge.global('rupeesText', rupeesText)
edge.global('baseUnitOf', baseUnitOf)
edge.global('gstRates', GST_RATES.map(gstRateText))
edge.global('taxSchemes', TAX_SCHEMES)
edge.global('areaKinds', AREA_KINDS)
edge.global('standardTexts', STANDARD_TEXTS)
edge.global('stockText', stockText)

/** Only in development do templates and components change, but Edge reads the folder again for every page. */
if (!app.inDev) {
  const list = edge.loader.listComponents.bind(edge.loader)
  let components: ReturnType<typeof list> | undefined
  edge.loader.listComponents = () => (components ??= list())
  compileOnce(edge.compiler)
  compileOnce(edge.asyncCompiler)
}
