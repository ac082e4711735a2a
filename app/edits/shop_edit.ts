import type { HttpContext } from '@adonisjs/core/http'
import type { CityCache } from '#caches/city_cache'
import { Edit } from '#edits/edit'
import { SHOP_FIELDS } from '#edits/texts'

export type ShopEdit = Edit<(typeof SHOP_FIELDS)[number]>

/** The edit of a shop's form. Its city may be written in either language, which alone changes nothing. */
export async function shopEdit({ clock, request }: HttpContext, cities: CityCache) {
  const { city, shown, ...rest } = request.body()
  const named = (typed: unknown) => (typeof typed === 'string' ? cities.named(typed, clock) : typed)
  return new Edit(SHOP_FIELDS, {
    ...rest,
    city: await named(city),
    shown: { ...shown, city: await named(shown?.city) },
  })
}
