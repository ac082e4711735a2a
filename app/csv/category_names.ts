import i18nManager from '@adonisjs/i18n/services/main'
import { bareName } from '#csv/bare_name'
import { LOCALES } from '#locale/chosen_locale'
import { CATEGORIES, type Category } from '#models/category'

let slugs: Map<string, Category> | undefined

function namesOfAll() {
  return CATEGORIES.flatMap((slug) => {
    const names = LOCALES.map((locale) => i18nManager.locale(locale).t(`categories.${slug}`))
    return [slug, ...names].map((name): [string, Category] => [bareName(name), slug])
  })
}

/** The category of this name, in any of our languages. */
export function categoryNamed(text: string): Category | undefined {
  slugs ??= new Map(namesOfAll())
  return slugs.get(bareName(text))
}
