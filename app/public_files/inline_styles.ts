import edge from 'edge.js'
import type { HttpContext } from '@adonisjs/core/http'
import headers from '#config/headers'
import { COMES_FROM, isFirstVisit } from '#public_files/first_visit'
import { siteFiles } from '#public_files/site_files'

/** The stylesheet as an element of the page, saving a first visitor the round trip to fetch it. */
export function inlineStyle(name: string) {
  const { bytes } = siteFiles().at(`/${name}.css`)!
  return edge.globals.html.safe(`<style>${bytes}</style>`)
}

/** Whether the page of this request has its stylesheets inside. If so, its content security policy allows them. */
export function hasInlineStyles({ request, response }: HttpContext) {
  response.vary(COMES_FROM)
  const isInline = isFirstVisit(request.headers())
  if (isInline) {
    const hashes = siteFiles().stylesheets.map(({ policyHash }) => policyHash)
    response.header('Content-Security-Policy', headers.contentSecurity(hashes))
  }
  return isInline
}
