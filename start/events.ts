import emitter from '@adonisjs/core/services/emitter'
import { noteSlowQuery } from '#metrics/slow_queries'

emitter.on('db:query', noteSlowQuery)
