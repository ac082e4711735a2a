import { defineConfig } from '@adonisjs/static'

/** File URLs contain a content hash, so browsers can cache them indefinitely. */
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
