import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { CATEGORIES } from '#models/category'

/** For a category that nobody has drawn. */
const GENERAL = 'general'

let drawn: Set<string> | null = null

/** The categories with the drawing of each in `public/categories.svg`. */
export function categoryTiles(categories: readonly string[] = CATEGORIES) {
  drawn ??= drawingsIn(readFileSync(app.publicPath('categories.svg'), 'utf8'))
  return categories.map((category) => {
    return { category, drawing: drawn!.has(category) ? category : GENERAL }
  })
}

function drawingsIn(sprite: string) {
  return new Set(Array.from(sprite.matchAll(/<symbol id="([\w-]+)"/g), ([, id]) => id))
}
