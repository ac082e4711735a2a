import app from '@adonisjs/core/services/app'
import { PublicFiles } from '#public_files/public_files'

let files: PublicFiles | null = null

/** The files of this site. */
export function siteFiles(): PublicFiles {
  files ??= new PublicFiles({
    folder: app.publicPath(),
    others: app.config.get('static.others'),
    mayChange: app.inDev,
  })
  return files
}
