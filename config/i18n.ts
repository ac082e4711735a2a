import app from '@adonisjs/core/services/app'
import { defineConfig, loaders } from '@adonisjs/i18n'
import { MessageFormatter } from '#locale/message_formatter'

export default defineConfig({
  defaultLocale: 'en',
  supportedLocales: ['en', 'hi'],
  formatter: () => new MessageFormatter(),
  loaders: [loaders.fs({ location: app.languageFilesPath() })],
})
