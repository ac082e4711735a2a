import edge from 'edge.js'
import type { I18n } from '@adonisjs/i18n'
import { LRUCache } from 'lru-cache'
import { ownText } from '#memory/own_memory'
import markup from '#config/markup'
import { wordsOf } from '#locale/words'
import { fillHoles, mark, withoutIndentation, type Fill } from '#markup/holes'

/** Rendered components by what is shown in them; a row of a list is asked for again and again. */
const pieces = new LRUCache<string, string>({
  maxSize: markup.pieceBytes,
  sizeCalculation: (html, key) => 2 * (html.length + key.length),
})

/**
 * What templates get to speak the reader's language, and to show what is kept: `hole` for what is personal, `piece`
 * for a component whose markup is made of its properties and of nothing else.
 */
export function speaking(i18n: I18n, fill: Fill) {
  return {
    ...wordsOf(i18n),
    hole: fill,
    piece: (component: string, props: object) => fillHoles(pieceOf(i18n, component, props), fill),
  }
}

/** A renderer for what is kept: it knows neither the person nor the request, so it can show nothing of them. */
export function impersonal(i18n: I18n, known: object = {}) {
  return edge.createRenderer().share({
    ...speaking(i18n, mark),
    ...known,
    errors: {},
    values: {},
  })
}

function pieceOf(i18n: I18n, component: string, props: object) {
  const key = `${i18n.locale} ${component} ${JSON.stringify(props)}`
  const known = pieces.get(key)
  if (known !== undefined) return known
  const rendered = impersonal(i18n).renderSync(`components/${component}`, { ...props })
  const html = ownText(withoutIndentation(rendered))
  pieces.set(ownText(key), html)
  return html
}
