import { defineConfig } from '@adonisjs/static'

/** Files are addressed with their content's hash, so a browser never has to ask for one twice. */
export default defineConfig({
  enabled: true,
  etag: true,
  lastModified: true,
  dotFiles: 'ignore',
  maxAge: '365d',
  immutable: true,
  headers: (path): Record<string, string> =>
    path.endsWith('.svg') ? { 'Content-Type': 'image/svg+xml; charset=utf-8' } : {},
})
